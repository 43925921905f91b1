//! What a contact's fields may hold.

use crate::support::{TestApp, Value, json};

db_tests! {
    what_breaks_a_rule_is_named_and_leaves_nothing,
    several_mistakes_are_told_at_once,
    what_is_allowed_passes,
    names_are_kept_as_they_are_written,
}

/// Wrong values, for creating and for changing alike.
fn wrong() -> Vec<(&'static str, Value, &'static str)> {
    let long = |length| json!("ñ".repeat(length));
    let ids = |count: usize| json!(vec![uuid::Uuid::nil(); count]);
    vec![
        ("first_name", json!(""), "required"),
        ("first_name", json!("  "), "required"),
        ("first_name", long(151), "too_long"),
        ("first_name", json!("a\u{0}b"), "control_characters"),
        ("first_name", json!("a\u{7f}b"), "control_characters"),
        ("first_name", json!("a\nb"), "control_characters"),
        ("first_name", json!(7), "wrong_type"),
        ("first_name", json!(["a"]), "wrong_type"),
        ("last_name", json!(""), "required"),
        ("last_name", long(151), "too_long"),
        ("email", json!("not an email"), "invalid_email"),
        ("email", json!(format!("{}@b.co", "a".repeat(65))), "invalid_email"),
        ("email", json!("a@b.co\u{0}"), "invalid_email"),
        ("email", json!({}), "wrong_type"),
        ("phone", json!("123"), "invalid_phone"),
        ("phone", json!("no phone at all"), "invalid_phone"),
        ("phone", json!("1".repeat(16)), "invalid_phone"),
        ("status", json!("friend"), "unknown_value"),
        ("status", json!("ACTIVE"), "unknown_value"),
        ("status", json!(1), "wrong_type"),
        ("client_since", json!("yesterday"), "wrong_type"),
        ("client_since", json!("2022-02-30"), "wrong_type"),
        ("client_since", json!("2999-01-01"), "future_date"),
        ("client_since", json!("1899-12-31"), "out_of_range"),
        ("client_since", json!("-4800-01-01"), "out_of_range"),
        ("date_of_birth", json!("2999-01-01"), "future_date"),
        ("date_of_birth", json!(19_800_101), "wrong_type"),
        ("primary_corporation_id", json!("abc"), "wrong_type"),
        ("corporation_ids", json!("abc"), "wrong_type"),
        ("corporation_ids", ids(201), "too_many"),
        ("department_id", json!(1), "wrong_type"),
        ("owner_id", json!("me"), "wrong_type"),
        ("ssn", json!("123"), "invalid_ssn"),
        ("ssn", json!("000-12-3456"), "invalid_ssn"),
        ("ssn", json!(123_456_789), "wrong_type"),
        ("preferred_language", json!("fr"), "unknown_value"),
        ("notes", long(10_001), "too_long"),
        ("notes", json!("bell \u{7}"), "control_characters"),
        ("external_id", long(256), "too_long"),
        ("external_id", json!("a\tb"), "control_characters"),
        ("address", json!("Calle 1"), "wrong_type"),
        ("address.street", json!("Calle 1"), "unknown_field"),
        ("address.city", json!(1), "wrong_type"),
        ("nickname", json!("Nita"), "unknown_field"),
        ("id", json!(uuid::Uuid::nil()), "unknown_field"),
        ("tenant_id", json!(uuid::Uuid::nil()), "unknown_field"),
        ("version", json!(9), "unknown_field"),
        ("created_at", json!("2020-01-01T00:00:00Z"), "unknown_field"),
    ]
}

/// The body with a value at a place, one level deep at most.
fn with(mut body: Value, field: &str, value: Value) -> Value {
    match field.split_once('.') {
        Some((outer, inner)) => body[outer][inner] = value,
        None => body[field] = value,
    }
    body
}

async fn what_breaks_a_rule_is_named_and_leaves_nothing(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.contact_path("Juan Pérez").await;
    let (before, counts) = (owner.get(&path).await.ok(), app.counts().await);
    let names = json!({ "first_name": "Ana", "last_name": "Ruiz" });
    for (field, value, why) in wrong() {
        let body = with(names.clone(), field, value.clone());
        owner.post("/api/contacts", body).await.invalid(field, why);
        owner.patch(&path, with(json!({}), field, value)).await.invalid(field, why);
    }
    let too_long = json!({ "city": "x".repeat(256) });
    let body = with(names, "address", too_long.clone());
    owner.post("/api/contacts", body).await.invalid("address.city", "too_long");
    let patched = owner.patch(&path, json!({ "address": too_long })).await;
    patched.invalid("address", "invalid_address");
    for missing in ["first_name", "last_name"] {
        let mut body = json!({ "first_name": "Ana", "last_name": "Ruiz" });
        body.as_object_mut().unwrap().remove(missing);
        owner.post("/api/contacts", body).await.invalid(missing, "required");
        let cleared = owner.patch(&path, json!({ missing: null })).await;
        cleared.invalid(missing, "required");
    }
    owner
        .patch(&path, json!({ "allow_duplicate": true }))
        .await
        .invalid("allow_duplicate", "unknown_field");
    assert_eq!(owner.get(&path).await.ok(), before);
    assert_eq!(app.counts().await, counts);
}

async fn several_mistakes_are_told_at_once(app: TestApp) {
    let owner = app.owner().await;
    let body = json!({ "first_name": "", "last_name": "", "email": "x", "phone": "1", "ssn": "1" });
    let problem = owner.post("/api/contacts", body).await.problem(422, "validation_failed");
    let errors = problem["errors"].as_array().unwrap();
    let fields: Vec<_> = errors.iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["email", "first_name", "last_name", "phone", "ssn"]);
}

async fn what_is_allowed_passes(app: TestApp) {
    let owner = app.owner().await;
    let tomorrow = (app.clock.now() + chrono::TimeDelta::days(1)).date_naive().to_string();
    for (field, value) in [
        ("first_name", json!("ñ".repeat(150))),
        ("last_name", json!("O'Brien-Núñez, Jr. 李")),
        ("email", json!("josé.o'neil+irs@correo-e.com.co")),
        ("phone", json!("1234567")),
        ("phone", json!("+573001234567")),
        ("client_since", json!("1900-01-01")),
        ("client_since", json!(tomorrow)),
        ("ssn", json!("987 65 4321")),
        ("notes", json!("ñ".repeat(10_000))),
        ("notes", json!("tab\tand\r\nline")),
        ("external_id", json!("x".repeat(255))),
        ("status", json!("inactive")),
        ("first_name", json!("👩‍💻")),
    ] {
        let body = json!({ "first_name": "Ana", "last_name": "Ruiz", "allow_duplicate": true });
        owner.post("/api/contacts", with(body, field, value)).await.created();
    }
}

async fn names_are_kept_as_they_are_written(app: TestApp) {
    let owner = app.owner().await;
    for name in
        ["<script>alert(1)</script>", "{{7*7}}", "Robert'); DROP TABLE contacts;--", "=1+1", "%s%n"]
    {
        let contact = owner.contact(&format!("Ana {name}"), Value::Null).await;
        assert_eq!(contact["last_name"], name);
        let search = name.split(' ').next().unwrap();
        assert_eq!(owner.found(search).await, [format!("Ana {name}")], "{name}");
    }
}
