//! The list of appointments.

use crate::support::crm::column;
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use ebenezer_shared::permission::Role;

db_tests! {
    the_list_is_filtered,
    the_list_is_sorted_and_paged,
    a_search_finds_words_in_title_place_and_notes,
}

async fn titles(owner: &Member, query: &[(&str, &str)]) -> Vec<Value> {
    column(&owner.list("/api/appointments", query).await.ok(), "title")
}

fn at(title: &str, from: &str, to: &str, more: Value) -> Value {
    let usual = json!({ "title": title, "starts_at": from, "ends_at": to });
    crate::support::crm::merged(usual, more)
}

async fn the_list_is_filtered(app: TestApp) {
    let owner = app.owner().await;
    let colleague = app.member(owner.tenant, Role::Member).await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let company = owner.corporation("ABC Corp").await;
    for body in [
        at("Noche", "2030-05-05T22:00:00Z", "2030-05-06T02:00:00Z", json!({ "contact_id": ana })),
        at(
            "Mañana",
            "2030-05-06T14:00:00Z",
            "2030-05-06T15:00:00Z",
            json!({ "staff_id": colleague.user, "status": "confirmed" }),
        ),
        at(
            "Después",
            "2030-05-07T00:00:00Z",
            "2030-05-07T01:00:00Z",
            json!({ "corporation_id": company, "status": "cancelled", "external_id": "C-1" }),
        ),
    ] {
        owner.appointment(body).await;
    }
    let (ana, company) = (ana.to_string(), company.to_string());
    let other = colleague.user.to_string();
    let (night, morning, after) = ("Noche", "Mañana", "Después");
    for (query, expected) in [
        (
            vec![("from", "2030-05-06T00:00:00Z"), ("to", "2030-05-07T00:00:00Z")],
            vec![night, morning],
        ),
        (vec![("from", "2030-05-06T02:00:00Z")], vec![morning, after]),
        (vec![("to", "2030-05-06T14:00:00Z")], vec![night]),
        (vec![("staff_id", other.as_str())], vec![morning]),
        (vec![("contact_id", ana.as_str())], vec![night]),
        (vec![("corporation_id", company.as_str())], vec![after]),
        (vec![("status", "coming")], vec![night, morning]),
        (vec![("status", "cancelled,confirmed")], vec![morning, after]),
        (vec![("external_id", "C-1")], vec![after]),
        (vec![("updated_since", "2100-01-01T00:00:00Z")], vec![]),
    ] {
        assert_eq!(titles(&owner, &query).await, expected, "{query:?}");
    }
    owner.get("/api/appointments?status=later").await.problem(400, "invalid_query");
    let both = format!("/api/appointments?contact_id={ana}&corporation_id={company}");
    owner.get(&both).await.problem(400, "invalid_query");
}

async fn the_list_is_sorted_and_paged(app: TestApp) {
    let owner = app.owner().await;
    for (title, hour) in [("Águila", 12), ("Búho", 10), ("Cóndor", 14), ("árbol", 16)] {
        let (from, to) = (hour, hour + 1);
        let body = at(
            title,
            &format!("2030-05-06T{from}:00:00Z"),
            &format!("2030-05-06T{to}:00:00Z"),
            json!({}),
        );
        owner.appointment(body).await;
    }
    for (ordering, expected) in [
        ("starts_at", ["Búho", "Águila", "Cóndor", "árbol"]),
        ("-starts_at", ["árbol", "Cóndor", "Águila", "Búho"]),
        ("title", ["Águila", "árbol", "Búho", "Cóndor"]),
        ("created_at", ["Águila", "Búho", "Cóndor", "árbol"]),
    ] {
        assert_eq!(titles(&owner, &[("ordering", ordering)]).await, expected, "{ordering}");
        let mut met = Vec::new();
        let mut cursor = String::new();
        loop {
            let mut query = vec![("ordering", ordering), ("page_size", "1")];
            query.push(("cursor", &cursor));
            let query = if met.is_empty() { &query[..2] } else { &query };
            let page = owner.list("/api/appointments", query).await.ok();
            met.extend(column(&page, "title"));
            let Some(next) = page["next_cursor"].as_str() else { break };
            next.clone_into(&mut cursor);
        }
        assert_eq!(met, expected, "{ordering}");
    }
}

async fn a_search_finds_words_in_title_place_and_notes(app: TestApp) {
    let owner = app.owner().await;
    let more = json!({ "title": "Revisión anual", "place": "Café Peña", "notes": "Traer sello" });
    let path = format!("/api/appointments/{}", id(&owner.appointment(more).await));
    for words in ["revision", "PENA", "sello anual"] {
        assert_eq!(titles(&owner, &[("search", words)]).await, ["Revisión anual"], "{words}");
    }
    owner.patch(&path, json!({ "place": null })).await.ok();
    assert!(titles(&owner, &[("search", "pena")]).await.is_empty());
}
