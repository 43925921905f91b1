//! The EIN: unique in the firm, sealed, masked, found, revealed.

use crate::support::fixtures::id;
use crate::support::{Member, Reply, TestApp, asking_for, json};
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    an_ein_is_unique_in_the_firm_however_it_is_written,
    of_two_at_once_with_one_ein_one_is_added,
    an_ein_is_masked_and_sealed,
    an_ein_is_found_whole_or_by_its_last_four,
    whoever_may_sees_it_and_is_written_down,
    whoever_may_not_does_not,
    a_freed_ein_can_be_used_again,
}

async fn add(owner: &Member, name: &str, ein: &str) -> Reply {
    owner.post("/api/corporations", json!({ "name": name, "ein": ein })).await
}

async fn an_ein_is_unique_in_the_firm_however_it_is_written(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    add(&owner, "ABC", "12-3456789").await.created();
    add(&other, "ABC", "12-3456789").await.created();
    let counts = app.counts().await;
    for ein in ["12-3456789", "123456789", "12 345 6789"] {
        add(&owner, "XYZ", ein).await.field(409, "duplicate", "ein", "taken");
    }
    assert_eq!(app.counts().await, counts);
    let path = format!("/api/corporations/{}", owner.corporation("XYZ").await);
    let refused = owner.patch(&path, json!({ "ein": "123456789" })).await;
    refused.field(409, "duplicate", "ein", "taken");
    // An unknown number is no number: any number of companies have none.
    owner.corporation("Sin EIN").await;
    owner.corporation("Sin EIN").await;
}

async fn of_two_at_once_with_one_ein_one_is_added(app: TestApp) {
    let owner = app.owner().await;
    let (a, b) = tokio::join!(add(&owner, "A", "12-3456789"), add(&owner, "B", "12-3456789"));
    let (won, lost) = if a.status == 201 { (a, b) } else { (b, a) };
    won.created();
    lost.field(409, "duplicate", "ein", "taken");
    assert_eq!(app.count("corporations").await, 1);
}

async fn an_ein_is_masked_and_sealed(app: TestApp) {
    let owner = app.owner().await;
    let reply = add(&owner, "ABC", "12-3456789").await;
    assert_eq!(reply.json()["ein"], "**-***6789");
    let path = format!("/api/corporations/{}", id(&reply.json()));
    let list = owner.get("/api/corporations").await;
    let patched = owner.patch(&path, json!({ "notes": "x" })).await;
    for reply in [reply, owner.get(&path).await, list, patched] {
        assert!(!reply.text.contains("12-345") && !reply.text.contains("12345"), "{}", reply.text);
    }
    for column in ["ein_sealed", "ein_hash", "ein_last4_hash", "search_text"] {
        let raw: String = app.value(&format!("SELECT {column} FROM corporations")).await;
        assert!(!raw.contains("123456789") && !raw.contains("12-3456789"), "{column}: {raw}");
        assert!(column != "ein_sealed" || raw.starts_with("gAAAAA"));
    }
    let log = format!("{:?}", app.audit(owner.tenant).await);
    assert!(!log.contains("12345") && !log.contains("12-345"));
}

async fn an_ein_is_found_whole_or_by_its_last_four(app: TestApp) {
    let owner = app.owner().await;
    add(&owner, "ABC", "12-3456789").await.created();
    add(&owner, "XYZ", "98-7654321").await.created();
    let found = async |search: &str| {
        let list = owner.list("/api/corporations", &[("search", search)]).await.ok();
        crate::support::crm::column(&list, "name")
    };
    for search in ["12-3456789", "123456789", "6789"] {
        assert_eq!(found(search).await, ["ABC"], "{search}");
    }
    assert!(found("3456789").await.is_empty() && found("12-3456780").await.is_empty());
}

async fn whoever_may_sees_it_and_is_written_down(app: TestApp) {
    let owner = app.owner().await;
    let corporation = id(&add(&owner, "ABC", "123456789").await.created());
    let path = format!("/api/corporations/{corporation}/reveal");
    let shown = owner.post(&path, asking_for("ein")).await.ok();
    assert_eq!(shown, json!({ "value": "12-3456789" }));
    let entry = app.audit(owner.tenant).await.pop().unwrap();
    assert_eq!(entry.action, "corporation.reveal");
    assert_eq!((entry.resource_id, entry.actor_id), (Some(corporation), Some(owner.user)));
    assert_eq!(entry.changes, asking_for("ein"));
    let without: Uuid = owner.corporation("Sin EIN").await;
    let path = format!("/api/corporations/{without}/reveal");
    assert_eq!(owner.post(&path, asking_for("ein")).await.ok(), json!({ "value": null }));
    owner.post(&path, asking_for("ssn")).await.invalid("field", "unknown_value");
}

async fn whoever_may_not_does_not(app: TestApp) {
    let owner = app.owner().await;
    let corporation = id(&add(&owner, "ABC", "123456789").await.created());
    let manager = app.member(owner.tenant, Role::Manager).await;
    let path = format!("/api/corporations/{corporation}/reveal");
    let refused = manager.post(&path, asking_for("ein")).await;
    let problem = refused.problem(403, "permission_required");
    assert_eq!(problem["required_permission"], "pii.reveal");
}

async fn a_freed_ein_can_be_used_again(app: TestApp) {
    let owner = app.owner().await;
    let first = id(&add(&owner, "ABC", "12-3456789").await.created());
    let path = format!("/api/corporations/{first}");
    owner.patch(&path, json!({ "ein": null })).await.ok();
    let second = id(&add(&owner, "XYZ", "12-3456789").await.created());
    owner.patch(&path, json!({ "ein": "12-3456789" })).await.field(
        409,
        "duplicate",
        "ein",
        "taken",
    );
    owner.delete(&format!("/api/corporations/{second}")).await.no_content();
    owner.patch(&path, json!({ "ein": "12-3456789" })).await.ok();
}
