//! What a case must be, and where it may go.

use crate::support::fixtures::id;
use crate::support::{TestApp, Value, json};

db_tests! {
    a_case_goes_where_it_may,
    a_closed_case_is_reopened_where_it_was,
    what_breaks_a_rule_is_named_and_leaves_nothing,
    the_external_id_is_unique,
}

async fn a_case_goes_where_it_may(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.case().await;
    let go = async |status: &str| owner.patch(&path, json!({ "status": status })).await;
    for refused in ["accepted", "rejected"] {
        go(refused).await.problem(409, "transition_not_allowed");
    }
    for next in ["in_review", "in_preparation", "ready_to_sign", "filed"] {
        assert_eq!(go(next).await.ok()["status"], next);
    }
    go("ready_to_sign").await.problem(409, "transition_not_allowed");
    go("rejected").await.ok();
    go("filed").await.problem(409, "transition_not_allowed");
    go("in_preparation").await.ok();
    go("filed").await.ok();
    let accepted = go("accepted").await.ok();
    assert_ne!(accepted["status_since"], accepted["created_at"]);
    go("in_preparation").await.problem(409, "transition_not_allowed");
    let same = go("accepted").await.ok();
    assert_eq!(same, accepted, "it stays where it is");
}

async fn a_closed_case_is_reopened_where_it_was(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.case().await;
    owner.patch(&path, json!({ "status": "in_review" })).await.ok();
    let closed = owner.patch(&path, json!({ "status": "closed" })).await.ok();
    assert_eq!(
        (&closed["status"], &closed["closed_from"]),
        (&json!("closed"), &json!("in_review"))
    );
    let other = owner.patch(&path, json!({ "status": "intake" })).await;
    other.problem(409, "transition_not_allowed");
    let open = owner.patch(&path, json!({ "status": "in_review" })).await.ok();
    assert_eq!((&open["status"], &open["closed_from"]), (&json!("in_review"), &Value::Null));
}

async fn what_breaks_a_rule_is_named_and_leaves_nothing(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.case().await;
    let case = owner.get(&path).await.ok();
    let contact = case["client"]["id"].clone();
    let company = owner.corporation("ABC Corp").await;
    let counts = app.counts().await;
    let next_year =
        i32::try_from(app.clock.now().format("%Y").to_string().parse::<i64>().unwrap()).unwrap();
    for (field, value, why) in [
        ("tax_year", json!(1800), "out_of_range"),
        ("tax_year", json!(next_year + 2), "out_of_range"),
        ("tax_year", json!("2023"), "wrong_type"),
        ("tax_year", json!(99_999_999_999_i64), "wrong_type"),
        ("type", json!("form_9999"), "unknown_value"),
        ("period", json!("q1"), "period_of_type"),
        ("period", json!("m13"), "unknown_value"),
        ("status", json!("done"), "unknown_value"),
        ("due_on", json!("1800-01-01"), "out_of_range"),
        ("due_on", json!("2024-02-30"), "wrong_type"),
        ("priority", json!("asap"), "unknown_value"),
        ("joint_contact_id", contact.clone(), "itself"),
        ("notes", json!("x".repeat(10_001)), "too_long"),
        ("unknown", json!(1), "unknown_field"),
    ] {
        let mut body = json!({ "contact_id": contact, "type": "form_1040", "tax_year": 2023 });
        body[field] = value.clone();
        owner.post("/api/cases", body).await.invalid(field, why);
        owner.patch(&path, json!({ field: value })).await.invalid(field, why);
    }
    for (fee, field, why) in [
        (json!({ "amount": -1, "currency": "USD" }), "fee.amount", "out_of_range"),
        (json!({ "amount": 1, "currency": "usd" }), "fee.currency", "invalid_currency"),
    ] {
        let body = json!({ "contact_id": contact, "type": "other", "tax_year": 2023, "fee": fee });
        owner.post("/api/cases", body).await.invalid(field, why);
        owner.patch(&path, json!({ "fee": fee })).await.invalid("fee", "invalid_money");
    }
    let both = json!({ "contact_id": contact, "corporation_id": company, "type": "other",
        "tax_year": 2023 });
    owner.post("/api/cases", both).await.invalid("corporation_id", "one_client");
    let none = json!({ "type": "other", "tax_year": 2023 });
    owner.post("/api/cases", none).await.invalid("contact_id", "required");
    let joint = json!({ "corporation_id": company, "joint_contact_id": contact, "type": "other",
        "tax_year": 2023 });
    owner.post("/api/cases", joint).await.invalid("joint_contact_id", "joint_needs_person");
    let closed = json!({ "contact_id": contact, "type": "other", "tax_year": 2023,
        "status": "closed" });
    owner.post("/api/cases", closed).await.invalid("status", "unknown_value");
    assert_eq!(app.counts().await, counts);
    assert_eq!(owner.get(&path).await.ok(), case);
}

async fn the_external_id_is_unique(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let body = json!({ "external_id": "C-1" });
    let (mine, second) = (owner.case().await, owner.case().await);
    owner.patch(&mine, body.clone()).await.ok();
    owner.patch(&second, body.clone()).await.field(409, "duplicate", "external_id", "taken");
    let contact = id(&owner.contact("Eva Sol", Value::Null).await);
    let new = json!({ "contact_id": contact, "type": "other", "tax_year": 2023,
        "external_id": "C-1" });
    owner.post("/api/cases", new).await.field(409, "duplicate", "external_id", "taken");
    let theirs = other.case().await;
    other.patch(&theirs, body).await.ok();
}
