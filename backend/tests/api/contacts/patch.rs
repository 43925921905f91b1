//! `PATCH` with JSON merge semantics: absent stays, null clears, a value replaces.

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, asking_for, json};

db_tests! {
    absent_fields_stay,
    null_clears,
    a_blank_text_clears,
    a_patch_that_changes_nothing_is_no_new_version,
    an_address_is_patched_part_by_part,
    null_is_no_value_of_what_cannot_be_cleared,
    a_body_is_an_object,
}

async fn full(app: &TestApp) -> (Member, String) {
    let owner = app.owner().await;
    let department = owner.department("Impuestos", "IMP").await;
    let more = json!({
        "email": "ana@ruiz.test", "phone": "(555) 123-4567", "client_since": "2022-03-01",
        "department_id": department, "owner_id": owner.user, "address": { "city": "Cali" },
        "date_of_birth": "1980-02-28", "ssn": "123-45-6789", "preferred_language": "en",
        "notes": "n", "external_id": "X-1",
    });
    let contact = owner.contact("Ana Ruiz", more).await;
    (owner, format!("/api/contacts/{}", id(&contact)))
}

const CLEARED: [(&str, &str); 11] = [
    ("email", "email"),
    ("phone", "phone"),
    ("client_since", "client_since"),
    ("department_id", "department"),
    ("owner_id", "owner"),
    ("date_of_birth", "date_of_birth"),
    ("ssn", "ssn"),
    ("preferred_language", "preferred_language"),
    ("notes", "notes"),
    ("external_id", "external_id"),
    ("address", "address"),
];

async fn absent_fields_stay(app: TestApp) {
    let (owner, path) = full(&app).await;
    let mut before = owner.get(&path).await.ok();
    let after = owner.patch(&path, json!({ "first_name": "Luz" })).await.ok();
    before["first_name"] = json!("Luz");
    before["updated_at"] = after["updated_at"].clone();
    assert_eq!(after, before);
    let shown = owner.post(&format!("{path}/reveal"), asking_for("ssn")).await.ok();
    assert_eq!(shown["value"], "123-45-6789");
}

async fn null_clears(app: TestApp) {
    let (owner, path) = full(&app).await;
    for (field, shown) in CLEARED {
        let after = owner.patch(&path, json!({ field: null })).await.ok();
        let nothing = if field == "address" { json!({}) } else { Value::Null };
        assert_eq!(after[shown], nothing, "{field}");
    }
    let after = owner.get(&path).await.ok();
    assert_eq!(after["phone_display"], Value::Null);
    assert_eq!(owner.found("123456789").await, [""; 0], "a cleared number finds nobody");
    let shown = owner.post(&format!("{path}/reveal"), asking_for("ssn")).await.ok();
    assert_eq!(shown["value"], Value::Null);
}

async fn a_blank_text_clears(app: TestApp) {
    let (owner, path) = full(&app).await;
    let blank = json!({ "email": "", "phone": " ", "ssn": "", "notes": "", "external_id": "" });
    let after = owner.patch(&path, blank).await.ok();
    for field in ["email", "phone", "ssn", "notes", "external_id"] {
        assert_eq!(after[field], Value::Null, "{field}");
    }
}

async fn a_patch_that_changes_nothing_is_no_new_version(app: TestApp) {
    let (owner, path) = full(&app).await;
    let (before, counts) = (owner.get(&path).await.expect(200), app.counts().await);
    let known = json!({
        "first_name": "Ana", "email": "ana@ruiz.test", "phone": "555 123 4567",
        "corporation_ids": [], "address": { "city": "Cali" },
    });
    for body in [json!({}), known] {
        let after = owner.patch(&path, body).await.expect(200);
        assert_eq!(after.header("etag"), before.header("etag"));
        assert_eq!(after.json(), before.json());
    }
    assert_eq!(app.counts().await, counts);
}

async fn an_address_is_patched_part_by_part(app: TestApp) {
    let (owner, path) = full(&app).await;
    let changed = async |address: Value| {
        let after = owner.patch(&path, json!({ "address": address })).await.ok();
        after["address"].clone()
    };
    let both = json!({ "line1": "Calle 1", "city": "Cali" });
    assert_eq!(changed(json!({ "line1": "Calle 1" })).await, both);
    assert_eq!(changed(json!({})).await, both);
    assert_eq!(changed(json!({ "line1": null })).await, json!({ "city": "Cali" }));
    assert_eq!(changed(Value::Null).await, json!({}));
}

async fn null_is_no_value_of_what_cannot_be_cleared(app: TestApp) {
    let (owner, path) = full(&app).await;
    let before = owner.get(&path).await.ok();
    for field in ["first_name", "last_name", "status", "corporation_ids"] {
        let refused =
            owner.patch(&path, json!({ field: null })).await.problem(422, "validation_failed");
        assert_eq!(refused["errors"][0]["field"], field);
    }
    assert_eq!(owner.get(&path).await.ok(), before);
    let corporation = owner.corporation("ABC Corp").await;
    let company = format!("/api/corporations/{corporation}");
    owner.patch(&company, json!({ "status": null })).await.problem(422, "validation_failed");
}

async fn a_body_is_an_object(app: TestApp) {
    let (owner, path) = full(&app).await;
    let before = owner.get(&path).await.expect(200);
    for body in
        [json!([]), json!(["Luz", "Mora"]), json!("Luz"), json!(1), Value::Null, json!(true)]
    {
        owner.patch(&path, body.clone()).await.problem(422, "validation_failed");
        owner.post("/api/contacts", body).await.problem(422, "validation_failed");
    }
    let after = owner.get(&path).await.expect(200);
    assert_eq!((after.header("etag"), after.json()), (before.header("etag"), before.json()));
    assert_eq!(owner.get("/api/contacts").await.ok()["total"], 1);
}
