//! The list of tasks.

use crate::support::crm::column;
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};

db_tests! {
    the_list_is_filtered,
    the_list_is_sorted_and_paged,
    a_search_finds_words_in_title_and_notes,
}

/// Four tasks: late, for later, without an end, done.
async fn office(owner: &Member) -> [Value; 3] {
    let ana = owner.contact("Ana García", Value::Null).await;
    let case = owner.case_of(id(&ana), Value::Null).await;
    let company = owner.corporation("ABC Corp").await;
    for body in [
        json!({ "title": "Llamar a Peña", "due_at": "2020-01-01T10:00:00Z", "priority": "high",
            "contact_id": ana["id"] }),
        json!({ "title": "Archivar", "due_at": "2030-01-01T10:00:00Z", "case_id": case["id"],
            "assignee_id": owner.user, "external_id": "T-1" }),
        json!({ "title": "Comprar papel", "notes": "Tamaño carta", "status": "in_progress" }),
        json!({ "title": "Borrar", "due_at": "2019-01-01T10:00:00Z", "status": "done",
            "corporation_id": company }),
    ] {
        owner.task(body).await;
    }
    [ana["id"].clone(), json!(company), case["id"].clone()]
}

async fn titles(owner: &Member, query: &[(&str, &str)]) -> Vec<Value> {
    column(&owner.list("/api/tasks", query).await.ok(), "title")
}

async fn the_list_is_filtered(app: TestApp) {
    let owner = app.owner().await;
    let [ana, company, case] = office(&owner).await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let (ana, company, case, me) =
        (text(&ana), text(&company), text(&case), owner.user.to_string());
    let (call, file, buy, drop) = ("Llamar a Peña", "Archivar", "Comprar papel", "Borrar");
    for (field, value, expected) in [
        ("status", "pending", vec![call, file, buy]),
        ("status", "done,cancelled", vec![drop]),
        ("priority", "high", vec![call]),
        ("assignee_id", me.as_str(), vec![file]),
        ("contact_id", ana.as_str(), vec![call, file]),
        ("corporation_id", company.as_str(), vec![drop]),
        ("case_id", case.as_str(), vec![file]),
        ("due_from", "2020-01-01T10:00:00Z", vec![call, file]),
        ("due_before", "2020-01-01T10:00:00Z", vec![drop]),
        ("overdue", "true", vec![call]),
        ("external_id", "T-1", vec![file]),
        ("updated_since", "2100-01-01T00:00:00Z", vec![]),
    ] {
        assert_eq!(titles(&owner, &[(field, value)]).await, expected, "{field}={value}");
    }
    owner.get("/api/tasks?status=later").await.problem(400, "invalid_query");
}

async fn the_list_is_sorted_and_paged(app: TestApp) {
    let owner = app.owner().await;
    office(&owner).await;
    let (call, file, buy, drop) = ("Llamar a Peña", "Archivar", "Comprar papel", "Borrar");
    for (ordering, expected) in [
        ("due_at", [drop, call, file, buy]),
        ("-due_at", [buy, file, call, drop]),
        ("title", [file, drop, buy, call]),
        ("created_at", [call, file, buy, drop]),
        ("status,created_at", [call, file, buy, drop]),
        ("-priority,created_at", [call, file, buy, drop]),
    ] {
        assert_eq!(titles(&owner, &[("ordering", ordering)]).await, expected, "{ordering}");
    }
    assert_eq!(titles(&owner, &[]).await, [drop, call, file, buy]);
    let page = owner.get("/api/tasks?page_size=3").await.ok();
    assert_eq!(page["total"], 4);
    let cursor = page["next_cursor"].as_str().unwrap();
    assert_eq!(titles(&owner, &[("page_size", "3"), ("cursor", cursor)]).await, [buy]);
}

async fn a_search_finds_words_in_title_and_notes(app: TestApp) {
    let owner = app.owner().await;
    office(&owner).await;
    for (words, expected) in [
        ("pena", vec!["Llamar a Peña"]),
        ("TAMANO papel", vec!["Comprar papel"]),
        ("ar", vec!["Archivar"]),
        ("nada", vec![]),
    ] {
        assert_eq!(titles(&owner, &[("search", words)]).await, expected, "{words}");
    }
}
