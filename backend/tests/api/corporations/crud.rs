//! A company is added, read, changed.

use crate::support::fixtures::id;
use crate::support::{TestApp, Value, asking_for, json};

db_tests! {
    a_corporation_has_every_field_that_it_was_given,
    a_name_is_enough,
    each_field_can_be_changed_and_cleared,
    what_breaks_a_rule_is_named_and_leaves_nothing,
    an_older_version_is_refused,
    an_external_id_is_unique_in_the_firm,
    a_repeated_request_gets_the_same_answer,
    unknown_and_foreign_ids_are_not_found,
}

fn everything() -> Value {
    json!({
        "name": "ABC Corp",
        "legal_name": "ABC Corporation of Florida, Inc.",
        "ein": "12-3456789",
        "type": "s_corp",
        "status": "prospect",
        "industry": "Restaurantes",
        "fiscal_year_end": "06-30",
        "address": { "line1": "1 Main St", "line2": "Suite 2", "city": "Miami", "region": "FL",
            "postal_code": "33101", "country": "US" },
        "phone": "(305) 555-0100",
        "email": "info@abc.test",
        "notes": "Paga tarde.",
        "external_id": "QB-9",
    })
}

async fn a_corporation_has_every_field_that_it_was_given(app: TestApp) {
    let owner = app.owner().await;
    let reply = owner.post("/api/corporations", everything()).await.expect(201);
    let corporation = reply.json();
    assert_eq!(reply.header("location"), format!("/api/corporations/{}", id(&corporation)));
    assert_eq!(reply.header("etag"), "\"v1\"");
    let mut expected = everything();
    for (field, value) in [
        ("id", corporation["id"].clone()),
        ("ein", json!("**-***6789")),
        ("phone", json!("+13055550100")),
        ("phone_display", json!("(305) 555-0100")),
        ("tags", json!([])),
        ("contact_count", json!(0)),
        ("former_contact_count", json!(0)),
        ("primary_contact_count", json!(0)),
        ("owned", json!(0)),
        ("created_at", corporation["created_at"].clone()),
        ("updated_at", corporation["created_at"].clone()),
    ] {
        expected[field] = value;
    }
    assert_eq!(corporation, expected);
    let read = owner.get(reply.header("location")).await.expect(200);
    assert_eq!((read.header("etag"), read.json()), ("\"v1\"", expected.clone()));
    let list = owner.get("/api/corporations").await.ok();
    expected["city"] = json!("Miami");
    expected["region"] = json!("FL");
    for (field, value) in list["items"][0].as_object().unwrap() {
        assert_eq!(*value, expected[field], "{field}");
    }
}

async fn a_name_is_enough(app: TestApp) {
    let owner = app.owner().await;
    let corporation = owner.post("/api/corporations", json!({ "name": " ABC " })).await.created();
    assert_eq!((&corporation["name"], &corporation["status"]), (&json!("ABC"), &json!("active")));
    for field in [
        "legal_name",
        "ein",
        "type",
        "industry",
        "fiscal_year_end",
        "phone",
        "phone_display",
        "email",
        "notes",
        "external_id",
    ] {
        assert_eq!(corporation[field], Value::Null, "{field}");
    }
    // Two companies may have one name.
    owner.post("/api/corporations", json!({ "name": "ABC" })).await.created();
}

async fn each_field_can_be_changed_and_cleared(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("/api/corporations/{}", owner.corporation("XYZ").await);
    let mut expected = owner.get(&path).await.ok();
    for (field, value) in everything().as_object().unwrap() {
        let after = owner.patch(&path, json!({ field: value })).await.ok();
        expected[field] = match field.as_str() {
            "ein" => json!("**-***6789"),
            "phone" => json!("+13055550100"),
            _ => value.clone(),
        };
        expected["phone_display"] = after["phone_display"].clone();
        expected["updated_at"] = after["updated_at"].clone();
        assert_eq!(after, expected, "{field}");
    }
    for field in [
        "legal_name",
        "ein",
        "type",
        "industry",
        "fiscal_year_end",
        "phone",
        "email",
        "notes",
        "external_id",
    ] {
        let after = owner.patch(&path, json!({ field: null })).await.ok();
        assert_eq!(after[field], Value::Null, "{field}");
    }
    let after = owner.patch(&path, json!({ "address": null })).await.ok();
    assert_eq!((&after["address"], &after["phone_display"]), (&json!({}), &Value::Null));
    owner.patch(&path, json!({ "name": null })).await.invalid("name", "required");
    owner.patch(&path, json!({ "name": " " })).await.invalid("name", "required");
    let same = owner.get(&path).await.expect(200);
    let again = owner.patch(&path, json!({ "name": "ABC Corp" })).await.expect(200);
    assert_eq!((again.header("etag"), again.json()), (same.header("etag"), same.json()));
}

async fn what_breaks_a_rule_is_named_and_leaves_nothing(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("/api/corporations/{}", owner.corporation("XYZ").await);
    let counts = app.counts().await;
    for (field, value, why) in [
        ("name", json!(""), "required"),
        ("name", json!("x".repeat(151)), "too_long"),
        ("name", json!("a\u{0}"), "control_characters"),
        ("legal_name", json!("x".repeat(256)), "too_long"),
        ("ein", json!("123"), "invalid_ein"),
        ("ein", json!("07-3456789"), "invalid_ein"),
        ("ein", json!("12-345678x"), "invalid_ein"),
        ("type", json!("gmbh"), "unknown_value"),
        ("type", json!(1), "wrong_type"),
        ("status", json!("closed"), "unknown_value"),
        ("fiscal_year_end", json!("02-29"), "invalid_fiscal_year_end"),
        ("fiscal_year_end", json!("13-01"), "invalid_fiscal_year_end"),
        ("fiscal_year_end", json!("2024-06-30"), "invalid_fiscal_year_end"),
        ("phone", json!("1"), "invalid_phone"),
        ("email", json!("x"), "invalid_email"),
        ("notes", json!("x".repeat(10_001)), "too_long"),
        ("external_id", json!("x".repeat(256)), "too_long"),
        ("contact_count", json!(7), "unknown_field"),
        ("kind", json!("llc"), "unknown_field"),
    ] {
        let mut body = json!({ "name": "ABC" });
        body[field] = value.clone();
        owner.post("/api/corporations", body).await.invalid(field, why);
        owner.patch(&path, json!({ field: value })).await.invalid(field, why);
    }
    owner.post("/api/corporations", json!({})).await.invalid("name", "required");
    assert_eq!(app.counts().await, counts);
}

async fn an_older_version_is_refused(app: TestApp) {
    let owner = app.owner().await;
    let path = format!("/api/corporations/{}", owner.corporation("XYZ").await);
    let first = owner.with("If-Match", "\"v1\"");
    first.patch(&path, json!({ "notes": "a" })).await.ok();
    first.patch(&path, json!({ "notes": "b" })).await.problem(412, "precondition_failed");
    first.delete(&path).await.problem(412, "precondition_failed");
    owner.with("If-Match", "W/\"v2\"").delete(&path).await.problem(412, "precondition_failed");
    assert_eq!(owner.get(&path).await.ok()["notes"], "a");
    owner.with("If-Match", "\"v2\"").delete(&path).await.no_content();
}

async fn an_external_id_is_unique_in_the_firm(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let body = |name: &str| json!({ "name": name, "external_id": "QB-9" });
    owner.post("/api/corporations", body("ABC")).await.created();
    other.post("/api/corporations", body("ABC")).await.created();
    let refused = owner.post("/api/corporations", body("XYZ")).await;
    refused.field(409, "duplicate", "external_id", "taken");
    let path = format!("/api/corporations/{}", owner.corporation("XYZ").await);
    let refused = owner.patch(&path, json!({ "external_id": "QB-9" })).await;
    refused.field(409, "duplicate", "external_id", "taken");
}

async fn a_repeated_request_gets_the_same_answer(app: TestApp) {
    let owner = app.owner().await;
    let client = owner.with("Idempotency-Key", "k1");
    let first = client.post("/api/corporations", everything()).await.expect(201);
    let again = client.post("/api/corporations", everything()).await.expect(201);
    assert_eq!((again.header("idempotency-replayed"), &again.text), ("true", &first.text));
    assert_eq!(app.count("corporations").await, 1);
}

async fn unknown_and_foreign_ids_are_not_found(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let foreign = other.corporation("ABC").await;
    for id in [foreign, uuid::Uuid::now_v7()] {
        let path = format!("/api/corporations/{id}");
        owner.get(&path).await.problem(404, "not_found");
        owner.patch(&path, json!({ "name": "x" })).await.problem(404, "not_found");
        owner.delete(&path).await.problem(404, "not_found");
        owner.get(&format!("{path}/contacts")).await.problem(404, "not_found");
        let reveal = owner.post(&format!("{path}/reveal"), asking_for("ein")).await;
        reveal.problem(404, "not_found");
    }
    other.get(&format!("/api/corporations/{foreign}")).await.ok();
}
