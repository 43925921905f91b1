//! Who sees which notes, and who may change them.

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, Watch, json};
use ebenezer_shared::permission::Role;

db_tests! {
    a_sticky_note_is_its_authors_alone,
    notes_on_records_are_everybodys,
    somebody_elses_note_is_changed_with_the_permission_for_all,
    notes_on_records_that_one_does_not_see_are_not_there,
    a_note_on_a_record_is_told_to_those_who_see_it,
}

/// A member with these permissions alone.
async fn with(app: &TestApp, owner: &Member, permissions: &[&str]) -> Member {
    let role = json!({ "name": "Rol propio", "permissions": permissions });
    let role = id(&owner.post("/api/roles", role).await.created());
    let member = app.member(owner.tenant, Role::Viewer).await;
    app.change_membership(member.user, owner.tenant, |row| row.role_id = Some(role)).await;
    member
}

async fn a_sticky_note_is_its_authors_alone(app: TestApp) {
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Member).await;
    let note = member.note(json!({ "text": "Regalo sorpresa", "color": "pink" })).await;
    let path = format!("/api/notes/{}", id(&note));
    owner.get(&path).await.problem(404, "not_found");
    owner.patch(&path, json!({ "text": "x" })).await.problem(404, "not_found");
    owner.delete(&path).await.problem(404, "not_found");
    assert_eq!(owner.get("/api/notes").await.ok()["total"], 0);
    member.patch(&path, json!({ "text": "Otro regalo sorpresa" })).await.ok();
    member.delete(&path).await.expect(204);
    let log = owner.get("/api/audit-logs?resource_type=sticky_note").await.ok();
    assert_eq!(log["total"], 3);
    assert!(!log.to_string().contains("sorpresa"), "the log keeps what is private to itself");
}

async fn notes_on_records_are_everybodys(app: TestApp) {
    let owner = app.owner().await;
    let viewer = app.member(owner.tenant, Role::Viewer).await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let path = owner.note_on(ana, "Paga puntual").await;
    assert_eq!(viewer.get(&path).await.ok()["text"], "Paga puntual");
    let refused = viewer.post("/api/notes", json!({ "text": "x" })).await;
    let refused = refused.problem(403, "permission_required");
    assert_eq!(refused["required_permission"], "notes.add");
}

async fn somebody_elses_note_is_changed_with_the_permission_for_all(app: TestApp) {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let path = owner.note_on(ana, "Paga puntual").await;
    let writer = with(&app, &owner, &["notes.view", "notes.add", "contacts.view"]).await;
    let refused = writer.patch(&path, json!({ "text": "x" })).await;
    let refused = refused.problem(403, "permission_required");
    assert_eq!(refused["required_permission"], "notes.change");
    let own = writer.note_on(ana, "Mía").await;
    writer.patch(&own, json!({ "text": "Mía y mejor" })).await.ok();
    writer.delete(&own).await.expect(204);
    // A member's role changes what others wrote, and deletes nothing of it.
    let member = app.member(owner.tenant, Role::Member).await;
    member.patch(&path, json!({ "text": "Paga tarde" })).await.ok();
    let refused = member.delete(&path).await.problem(403, "permission_required");
    assert_eq!(refused["required_permission"], "notes.delete");
    assert_eq!(owner.get(&path).await.ok()["text"], "Paga tarde");
    owner.delete(&path).await.expect(204);
}

async fn notes_on_records_that_one_does_not_see_are_not_there(app: TestApp) {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let case = id(&owner.case_of(ana, Value::Null).await);
    let note = id(&owner.note(json!({ "text": "Del caso", "case_id": case })).await);
    let shown = owner.note_on(ana, "De la persona").await;
    let member = with(&app, &owner, &["notes.view", "notes.add", "contacts.view"]).await;
    member.get(&format!("/api/notes/{note}")).await.problem(404, "not_found");
    assert_eq!(member.get("/api/notes").await.ok()["total"], 1);
    member.get(&shown).await.ok();
    let hidden = json!({ "text": "x", "case_id": case });
    member.post("/api/notes", hidden).await.invalid("case_id", "unknown_reference");
}

/// The notes that are told of before that record is.
async fn notes_until(watch: &mut Watch, last: &Value) -> Vec<Value> {
    let mut notes = Vec::new();
    loop {
        let change = watch.change().await;
        if change["subject"] == "note" {
            notes.push(change["record"].clone());
        }
        if change["record"] == *last {
            return notes;
        }
    }
}

async fn a_note_on_a_record_is_told_to_those_who_see_it(app: TestApp) {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let viewer = app.member(owner.tenant, Role::Viewer).await;
    let partial = with(&app, &owner, &["notes.view", "contacts.view"]).await;
    let mut all = viewer.watch("/api/live").await;
    let mut some = partial.watch("/api/live").await;
    owner.note(json!({ "text": "Solo mía" })).await;
    let path = owner.note_on(ana, "De todos").await;
    let last = owner.contact("Luis Rey", Value::Null).await;
    let told = notes_until(&mut all, &last["id"]).await;
    let told: Vec<String> =
        told.iter().map(|id| format!("/api/notes/{}", id.as_str().unwrap())).collect();
    assert_eq!(told, [path]);
    assert!(notes_until(&mut some, &last["id"]).await.is_empty());
}
