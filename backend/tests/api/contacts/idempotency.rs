//! `Idempotency-Key`: what is sent twice is done once.

use crate::support::fixtures::id;
use crate::support::{Client, TestApp, Value, asking_for, json};
use chrono::TimeDelta;
use ebenezer_shared::permission::Role;

db_tests! {
    a_repeated_request_gets_the_same_answer,
    a_key_stands_for_one_body_and_one_path,
    of_two_at_once_one_is_carried_out,
    a_key_is_remembered_for_a_day,
    a_failed_request_is_not_remembered,
    keys_belong_to_a_person_in_a_firm,
    a_malformed_key_is_told,
    a_revealed_number_is_not_kept,
    other_methods_take_no_notice,
}

fn keyed(client: &Client, key: &str) -> Client {
    client.with("Idempotency-Key", key)
}

fn names(last: &str) -> Value {
    json!({ "first_name": "Ana", "last_name": last })
}

async fn a_repeated_request_gets_the_same_answer(app: TestApp) {
    let owner = app.owner().await;
    let client = keyed(&owner, "a1b2");
    let first = client.post("/api/contacts", names("Ruiz")).await.expect(201);
    assert!(!first.headers.contains_key("idempotency-replayed"));
    let counts = app.counts().await;
    for _ in 0..2 {
        let again = client.post("/api/contacts", names("Ruiz")).await.expect(201);
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!(again.text, first.text);
        for name in ["location", "etag", "content-type", "cache-control"] {
            assert_eq!(again.header(name), first.header(name));
        }
    }
    assert_eq!(app.counts().await, counts);
    // Even when what it made has changed meanwhile.
    let path = format!("/api/contacts/{}", id(&first.json()));
    owner.patch(&path, json!({ "notes": "x" })).await.ok();
    let again = client.post("/api/contacts", names("Ruiz")).await;
    assert_eq!(again.text, first.text);
}

async fn a_key_stands_for_one_body_and_one_path(app: TestApp) {
    let owner = app.owner().await;
    let client = keyed(&owner, "a1b2");
    client.post("/api/contacts", names("Ruiz")).await.created();
    let other_body = client.post("/api/contacts", names("Mora")).await;
    other_body.problem(422, "idempotency_key_reused");
    let other_path = client.post("/api/corporations", json!({ "name": "ABC" })).await;
    other_path.problem(422, "idempotency_key_reused");
    assert_eq!((app.count("contacts").await, app.count("corporations").await), (1, 0));
}

async fn of_two_at_once_one_is_carried_out(app: TestApp) {
    let owner = app.owner().await;
    for round in 0..4 {
        let client = keyed(&owner, &format!("round-{round}"));
        let body = names(&format!("Ruiz {round}"));
        let (a, b, c) = tokio::join!(
            client.post("/api/contacts", body.clone()),
            client.post("/api/contacts", body.clone()),
            client.post("/api/contacts", body.clone()),
        );
        assert_eq!(a.clone().created(), b.clone().created());
        assert_eq!(b.clone().created(), c.clone().created());
        let replayed = [&a, &b, &c]
            .iter()
            .filter(|reply| reply.headers.contains_key("idempotency-replayed"))
            .count();
        assert_eq!(replayed, 2);
    }
    assert_eq!(app.count("contacts").await, 4);
    assert_eq!(app.audit(owner.tenant).await.len(), 4);
}

async fn a_key_is_remembered_for_a_day(app: TestApp) {
    let owner = app.owner().await;
    let user = ebenezer::platform::user::by_id(&app.db, owner.user).await.unwrap().unwrap();
    let first = keyed(&owner, "a1b2").post("/api/contacts", names("Ruiz")).await.created();
    app.advance(TimeDelta::hours(23));
    let later = app.session(&user, owner.tenant).await;
    let again = keyed(&later, "a1b2").post("/api/contacts", names("Ruiz")).await.created();
    assert_eq!(again, first);
    app.advance(TimeDelta::minutes(61));
    let later = app.session(&user, owner.tenant).await;
    let body = crate::support::crm::merged(names("Ruiz"), json!({ "allow_duplicate": true }));
    let fresh = keyed(&later, "a1b2").post("/api/contacts", body).await.created();
    assert_ne!(id(&fresh), id(&first));
    assert_eq!(app.count("idempotency_keys").await, 1);
}

async fn a_failed_request_is_not_remembered(app: TestApp) {
    let owner = app.owner().await;
    let client = keyed(&owner, "a1b2");
    client.post("/api/contacts", names("")).await.invalid("last_name", "required");
    owner.contact("Ana Ruiz", Value::Null).await;
    client.post("/api/contacts", names("Ruiz")).await.problem(409, "possible_duplicate");
    assert_eq!(app.count("idempotency_keys").await, 0);
    client.post("/api/contacts", names("Mora")).await.created();
}

async fn keys_belong_to_a_person_in_a_firm(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let member = app.member(owner.tenant, Role::Member).await;
    let first = keyed(&owner, "a1b2").post("/api/contacts", names("Ruiz")).await.created();
    let second = keyed(&member, "a1b2").post("/api/contacts", names("Mora")).await.created();
    let third = keyed(&other, "a1b2").post("/api/contacts", names("Ruiz")).await.created();
    assert!(id(&first) != id(&second) && id(&first) != id(&third));
}

async fn a_malformed_key_is_told(app: TestApp) {
    let owner = app.owner().await;
    for key in ["", "   ", &"k".repeat(256)] {
        let reply = keyed(&owner, key).post("/api/contacts", names("Ruiz")).await;
        reply.problem(400, "invalid_header");
    }
    let binary = owner.with("Idempotency-Key", b"\xf1\xf2");
    binary.post("/api/contacts", names("Ruiz")).await.problem(400, "invalid_header");
    assert_eq!(app.count("contacts").await, 0);
    keyed(&owner, &"k".repeat(255)).post("/api/contacts", names("Ruiz")).await.created();
}

async fn a_revealed_number_is_not_kept(app: TestApp) {
    let owner = app.owner().await;
    let contact = owner.contact("Ana Ruiz", json!({ "ssn": "123-45-6789" })).await;
    let path = format!("/api/contacts/{}/reveal", id(&contact));
    let shown = keyed(&owner, "a1b2").post(&path, asking_for("ssn")).await.ok();
    assert_eq!(shown["value"], "123-45-6789");
    assert_eq!(app.count("idempotency_keys").await, 0);
}

async fn other_methods_take_no_notice(app: TestApp) {
    let owner = app.owner().await;
    let path = owner.contact_path("Ana Ruiz").await;
    let client = keyed(&owner, "a1b2");
    client.patch(&path, json!({ "notes": "a" })).await.ok();
    assert_eq!(client.patch(&path, json!({ "notes": "b" })).await.ok()["notes"], "b");
    client.delete(&path).await.no_content();
    assert_eq!(app.count("idempotency_keys").await, 0);
}
