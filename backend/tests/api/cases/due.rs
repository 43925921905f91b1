//! The day on which a case is due.

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use uuid::Uuid;

db_tests! {
    the_day_follows_from_the_rules,
    a_day_that_was_set_stays_until_it_is_cleared,
    the_fiscal_year_is_the_companys,
    another_fiscal_year_moves_what_is_open,
    a_company_that_becomes_another_takes_its_fiscal_year,
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

async fn company(owner: &Member, name: &str, end: Value) -> Uuid {
    let body = json!({ "name": name, "fiscal_year_end": end });
    id(&owner.post("/api/corporations", body).await.created())
}

/// A return of that company for 2023.
async fn return_of(owner: &Member, company: Uuid) -> String {
    let body = json!({ "corporation_id": company, "type": "form_1120", "tax_year": 2023 });
    format!("/api/cases/{}", id(&owner.post("/api/cases", body).await.created()))
}

async fn stands(owner: &Member, case: &str) -> (String, String) {
    let reply = owner.get(case).await.expect(200);
    let day = reply.json()["due_on"].as_str().unwrap().to_owned();
    (reply.header("etag").to_owned(), day)
}

fn version(number: u32, day: &str) -> (String, String) {
    (format!("\"v{number}\""), day.to_owned())
}

async fn another_fiscal_year_moves_what_is_open(app: TestApp) {
    let owner = app.owner().await;
    let (abc, other) = (
        company(&owner, "ABC Corp", Value::Null).await,
        company(&owner, "XYZ Inc", Value::Null).await,
    );
    let (open, set, closed, foreign) = (
        return_of(&owner, abc).await,
        return_of(&owner, abc).await,
        return_of(&owner, abc).await,
        return_of(&owner, other).await,
    );
    owner.patch(&set, json!({ "due_on": "2024-03-01" })).await.ok();
    owner.patch(&closed, json!({ "status": "closed" })).await.ok();
    let path = format!("/api/corporations/{abc}");
    owner.patch(&path, json!({ "fiscal_year_end": "06-30" })).await.ok();
    assert_eq!(stands(&owner, &open).await, version(2, "2024-09-16"));
    assert_eq!(stands(&owner, &set).await, version(2, "2024-03-01"));
    assert_eq!(stands(&owner, &closed).await, version(2, "2024-04-15"));
    assert_eq!(stands(&owner, &foreign).await, version(1, "2024-04-15"));
    let told = owner.get(&format!("{open}/timeline")).await.ok()["items"][0]["text"].clone();
    let what = "cambió la fecha límite de 15 abr 2024 a 16 sep 2024";
    assert!(told.as_str().unwrap().ends_with(what), "{told}");
    // What does not touch the year touches no case.
    owner.patch(&path, json!({ "industry": "Café", "fiscal_year_end": "06-30" })).await.ok();
    assert_eq!(stands(&owner, &open).await, version(2, "2024-09-16"));
    owner.patch(&path, json!({ "fiscal_year_end": null })).await.ok();
    assert_eq!(stands(&owner, &open).await, version(3, "2024-04-15"));
}

async fn a_company_that_becomes_another_takes_its_fiscal_year(app: TestApp) {
    let owner = app.owner().await;
    let (stays, goes) = (
        company(&owner, "ABC Corp", json!("06-30")).await,
        company(&owner, "ABC Corp", Value::Null).await,
    );
    let (own, theirs) = (return_of(&owner, stays).await, return_of(&owner, goes).await);
    assert_eq!(stands(&owner, &theirs).await, version(1, "2024-04-15"));
    let body = json!({ "others": [{ "id": goes }] });
    let merged = owner.post(&format!("/api/corporations/{stays}/merge"), body).await.ok();
    assert_eq!(stands(&owner, &own).await, version(1, "2024-09-16"));
    assert_eq!(stands(&owner, &theirs).await, version(3, "2024-09-16"));
    let undo = format!("/api/bulk/{}/undo", merged["bulk_id"].as_str().unwrap());
    owner.post(&undo, json!({})).await.ok();
    assert_eq!(stands(&owner, &own).await, version(1, "2024-09-16"));
    assert_eq!(stands(&owner, &theirs).await, version(5, "2024-04-15"));
}
