//! The list of notes.

use crate::support::crm::column;
use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use ebenezer_shared::permission::Role;

db_tests! {
    the_list_is_filtered,
    pinned_ones_come_first_then_the_newest,
    a_search_finds_words_in_the_text,
}

async fn texts(owner: &Member, query: &[(&str, &str)]) -> Vec<Value> {
    column(&owner.list("/api/notes", query).await.ok(), "text")
}

async fn the_list_is_filtered(app: TestApp) {
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Member).await;
    let ana = id(&owner.contact("Ana García", Value::Null).await);
    let case = id(&owner.case_of(ana, Value::Null).await);
    let company = owner.corporation("ABC Corp").await;
    owner.note(json!({ "text": "propia" })).await;
    member.note(json!({ "text": "ajena" })).await;
    member.note(json!({ "text": "persona", "contact_id": ana })).await;
    owner.note(json!({ "text": "caso", "case_id": case })).await;
    owner.note(json!({ "text": "empresa", "corporation_id": company })).await;
    let text = |id: uuid::Uuid| id.to_string();
    for (field, value, expected) in [
        ("sticky", "true".to_owned(), vec!["propia"]),
        ("sticky", "false".to_owned(), vec!["empresa", "caso", "persona"]),
        ("contact_id", text(ana), vec!["caso", "persona"]),
        ("corporation_id", text(company), vec!["empresa"]),
        ("case_id", text(case), vec!["caso"]),
        ("author_id", text(member.user), vec!["persona"]),
        ("updated_since", "2100-01-01T00:00:00Z".to_owned(), vec![]),
    ] {
        assert_eq!(texts(&owner, &[(field, &value)]).await, expected, "{field}={value}");
    }
    assert_eq!(texts(&member, &[("sticky", "true")]).await, ["ajena"]);
    let two = format!("/api/notes?contact_id={ana}&corporation_id={company}");
    owner.get(&two).await.problem(400, "invalid_query");
}

async fn pinned_ones_come_first_then_the_newest(app: TestApp) {
    let owner = app.owner().await;
    for (text, pinned) in [("a", false), ("b", true), ("c", false), ("d", true), ("e", false)] {
        owner.note(json!({ "text": text, "pinned": pinned })).await;
    }
    assert_eq!(texts(&owner, &[]).await, ["d", "b", "e", "c", "a"]);
    let second = [("page_size", "2"), ("page", "2")];
    assert_eq!(texts(&owner, &second).await, ["e", "c"]);
    let page = owner.list("/api/notes", &[("ordering", "created_at"), ("page_size", "2")]);
    let page = page.await.ok();
    assert_eq!(column(&page, "text"), ["a", "b"]);
    let cursor = page["next_cursor"].as_str().unwrap();
    let next = [("ordering", "created_at"), ("page_size", "2"), ("cursor", cursor)];
    assert_eq!(texts(&owner, &next).await, ["c", "d"]);
}

async fn a_search_finds_words_in_the_text(app: TestApp) {
    let owner = app.owner().await;
    let other = app.member(owner.tenant, Role::Admin).await;
    owner.note(json!({ "text": "Llamar a Peña\nmañana" })).await;
    owner.note(json!({ "text": "Archivar" })).await;
    for (word, expected) in [
        ("pena", vec!["Llamar a Peña\nmañana"]),
        ("manana llamar", vec!["Llamar a Peña\nmañana"]),
        ("ar", vec!["Archivar"]),
        ("nada", vec![]),
    ] {
        assert_eq!(texts(&owner, &[("search", word)]).await, expected, "{word}");
    }
    assert!(texts(&other, &[("search", "pena")]).await.is_empty());
}
