//! The day on which a case is due.

use crate::support::fixtures::id;
use crate::support::{TestApp, Value, json};

db_tests! {
    the_day_follows_from_the_rules,
    a_day_that_was_set_stays_until_it_is_cleared,
    the_fiscal_year_is_the_companys,
}

async fn the_day_follows_from_the_rules(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.case().await;
    let due = async |change: Value| owner.patch(&path, change).await.ok()["due_on"].clone();
    assert_eq!(owner.get(&path).await.ok()["due_on"], "2024-04-15");
    assert_eq!(due(json!({ "is_extended": true })).await, "2024-10-15");
    // April 16, 2023 was a Sunday: Emancipation Day was kept on the 17th.
    assert_eq!(due(json!({ "tax_year": 2022, "is_extended": false })).await, "2023-04-18");
    assert_eq!(due(json!({ "type": "form_1065" })).await, "2023-03-15");
    assert_eq!(due(json!({ "type": "form_941", "period": "q4" })).await, "2023-01-31");
    assert_eq!(due(json!({ "type": "irs_notice" })).await, Value::Null);
}

async fn a_day_that_was_set_stays_until_it_is_cleared(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.case().await;
    let set = owner.patch(&path, json!({ "due_on": "2024-03-01" })).await.ok();
    assert_eq!((&set["due_on"], &set["due_is_set"]), (&json!("2024-03-01"), &json!(true)));
    let kept = owner.patch(&path, json!({ "tax_year": 2021, "is_extended": true })).await.ok();
    assert_eq!(kept["due_on"], "2024-03-01");
    let free = owner.patch(&path, json!({ "due_on": null })).await.ok();
    assert_eq!((&free["due_on"], &free["due_is_set"]), (&json!("2022-10-17"), &json!(false)));
}

async fn the_fiscal_year_is_the_companys(app: TestApp) {
    let owner = app.owner().await;
    let body = json!({ "name": "ABC Corp", "fiscal_year_end": "06-30" });
    let company = id(&owner.post("/api/corporations", body).await.created());
    let body = json!({ "corporation_id": company, "type": "form_1120", "tax_year": 2023 });
    let case = owner.post("/api/cases", body).await.created();
    assert_eq!(case["due_on"], "2024-09-16");
}
