//! Somebody much alike: the caller is asked before another one is added.

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};

db_tests! {
    likely_duplicates_are_shown_and_nothing_is_added,
    names_are_compared_without_case_and_accents,
    what_tells_people_apart_passes,
    spouses_share_an_email,
    whoever_insists_adds_a_duplicate,
    another_firms_people_are_no_duplicates,
    a_change_is_not_held_up,
    a_duplicate_is_found_among_many_namesakes,
}

fn person(more: Value) -> Value {
    let names = json!({ "first_name": "María José", "last_name": "García Núñez" });
    crate::support::crm::merged(names, more)
}

async fn matches(owner: &Member, body: Value) -> Vec<(String, String)> {
    let problem = owner.post("/api/contacts", body).await.problem(409, "possible_duplicate");
    let found = problem["matches"].as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    found.iter().map(|found| (text(&found["id"]), text(&found["reason"]))).collect()
}

async fn likely_duplicates_are_shown_and_nothing_is_added(app: TestApp) {
    let owner = app.owner().await;
    let known = json!({
        "email": "maria@garcia.test", "phone": "(555) 123-4567", "ssn": "123-45-6789",
    });
    let contact = owner.post("/api/contacts", person(known)).await.created();
    let known = id(&contact).to_string();
    let before = app.counts().await;
    for (more, reason) in [
        (json!({}), "name"),
        (json!({ "email": "MARIA@garcia.test" }), "name_and_email"),
        (json!({ "phone": "555-123-4567", "email": "otra@garcia.test" }), "name_and_phone"),
        (json!({ "ssn": "123456789" }), "ssn"),
        (json!({ "first_name": "Otra", "last_name": "Persona", "ssn": "123 45 6789" }), "ssn"),
    ] {
        assert_eq!(matches(&owner, person(more)).await, [(known.clone(), reason.to_owned())]);
    }
    let problem = owner.post("/api/contacts", person(json!({}))).await.any_problem();
    assert_eq!(
        problem["matches"][0],
        json!({
            "id": known,
            "first_name": "María José",
            "last_name": "García Núñez",
            "email": "maria@garcia.test",
            "phone_display": "(555) 123-4567",
            "reason": "name",
        })
    );
    let told = problem.to_string();
    assert!(
        !told.contains("123456789") && !told.contains("123-45-6789"),
        "no personal number is shown"
    );
    assert_eq!(app.counts().await, before);
}

async fn names_are_compared_without_case_and_accents(app: TestApp) {
    let owner = app.owner().await;
    owner.post("/api/contacts", person(json!({}))).await.created();
    for (first, last) in [
        ("maria jose", "garcia nunez"),
        ("MARÍA  JOSÉ", "GARCÍA NÚÑEZ"),
        ("Mari\u{301}a José", "Garcia Núñez"),
    ] {
        let body = json!({ "first_name": first, "last_name": last });
        assert_eq!(matches(&owner, body).await.len(), 1, "{first} {last}");
    }
}

async fn what_tells_people_apart_passes(app: TestApp) {
    let owner = app.owner().await;
    let known = json!({
        "email": "maria@garcia.test", "phone": "(555) 123-4567", "ssn": "123-45-6789",
    });
    owner.post("/api/contacts", person(known)).await.created();
    for more in [
        json!({ "email": "otra@garcia.test" }),
        json!({ "phone": "(555) 999-4567" }),
        json!({ "ssn": "987-65-4321", "email": "maria@garcia.test" }),
        json!({ "last_name": "García Muñoz", "email": "maria@garcia.test" }),
    ] {
        let added = owner.post("/api/contacts", person(more)).await.created();
        owner.delete(&format!("/api/contacts/{}", id(&added))).await.no_content();
    }
}

async fn spouses_share_an_email(app: TestApp) {
    let owner = app.owner().await;
    let shared = json!({ "email": "casa@garcia.test", "phone": "(555) 123-4567" });
    owner.post("/api/contacts", person(shared.clone())).await.created();
    let spouse = json!({ "first_name": "Juan", "last_name": "Pérez" });
    owner.post("/api/contacts", crate::support::crm::merged(spouse, shared)).await.created();
    assert_eq!(owner.found("casa@garcia.test").await.len(), 2);
}

async fn whoever_insists_adds_a_duplicate(app: TestApp) {
    let owner = app.owner().await;
    let body = person(json!({ "ssn": "123-45-6789" }));
    owner.post("/api/contacts", body.clone()).await.created();
    owner.post("/api/contacts", body.clone()).await.problem(409, "possible_duplicate");
    let insisting = crate::support::crm::merged(body.clone(), json!({ "allow_duplicate": true }));
    owner.post("/api/contacts", insisting).await.created();
    assert_eq!(matches(&owner, body).await.len(), 2);
}

async fn another_firms_people_are_no_duplicates(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let body = person(json!({ "ssn": "123-45-6789", "email": "maria@garcia.test" }));
    owner.post("/api/contacts", body.clone()).await.created();
    other.post("/api/contacts", body).await.created();
}

async fn a_change_is_not_held_up(app: TestApp) {
    let owner = app.owner().await;
    owner.post("/api/contacts", person(json!({}))).await.created();
    let path = owner.contact_path("Ana Ruiz").await;
    owner.patch(&path, person(json!({}))).await.ok();
}

async fn a_duplicate_is_found_among_many_namesakes(app: TestApp) {
    let owner = app.owner().await;
    for number in 0..25 {
        let more = json!({ "email": format!("maria{number}@garcia.test") });
        owner.post("/api/contacts", person(more)).await.created();
    }
    let last = json!({ "email": "maria24@garcia.test", "phone": "555 123 4567" });
    let found = matches(&owner, person(last)).await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].1, "name_and_email");
}
