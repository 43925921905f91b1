//! Records that go, and numbers that are taken, while others come back.

use super::merge;
use crate::support::fixtures::id;
use crate::support::mail::wait_for;
use crate::support::{Backend, Member, Reply, TestApp, Value, json};
use sea_orm::ConnectionTrait as _;
use uuid::Uuid;

db_tests! {
    a_company_that_goes_while_its_people_come_back_is_named,
    somebody_who_goes_while_their_relatives_come_back_is_named,
    a_number_that_is_taken_while_its_owner_comes_back_is_a_conflict,
    a_company_that_goes_while_a_merge_is_undone_is_left_out,
    a_merge_and_a_deletion_at_once_leave_nothing_broken,
    whoever_may_merge_may_undo_it,
}

/// Sends a request while somebody else's statement is not yet committed; PostgreSQL lets the
/// request come as far as it can.
pub async fn meanwhile(
    app: &TestApp,
    statement: &str,
    request: impl Future<Output = Reply>,
) -> Reply {
    let tx = ebenezer::db::begin_write(&app.db).await.unwrap();
    tx.execute_unprepared(statement).await.unwrap();
    let commit = async {
        if app.backend() == Backend::Postgres {
            let held_up = "SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock'";
            wait_for("the request to wait", async || {
                (app.value::<i64>(held_up).await > 0).then_some(())
            })
            .await;
        }
        tx.commit().await.unwrap();
    };
    tokio::join!(request, commit).0
}

async fn deleted(owner: &Member, id: Uuid) -> String {
    let body = json!({ "action": "delete", "ids": [id] });
    let done = owner.post("/api/contacts/bulk", body).await.ok();
    format!("/api/bulk/{}/undo", done["bulk_id"].as_str().unwrap())
}

async fn a_company_that_goes_while_its_people_come_back_is_named(app: TestApp) {
    let owner = app.owner().await;
    let (abc, xyz) = (owner.corporation("ABC").await, owner.corporation("Fugaz").await);
    let more = json!({ "primary_corporation_id": abc, "corporation_ids": [xyz] });
    let ana = id(&owner.contact("Ana Ruiz", more).await);
    let undo = deleted(&owner, ana).await;
    let goes = "DELETE FROM folders WHERE corporation_id IN
        (SELECT id FROM corporations WHERE name = 'Fugaz');
        DELETE FROM corporations WHERE name = 'Fugaz'";
    let reply = meanwhile(&app, goes, owner.post(&undo, json!({}))).await;
    let left = json!([{ "id": ana, "reason": "parts_gone", "fields": ["corporations"] }]);
    assert_eq!(reply.ok(), json!({ "restored": 1, "left": left }));
}

async fn somebody_who_goes_while_their_relatives_come_back_is_named(app: TestApp) {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ana Ruiz", Value::Null).await);
    let luz = id(&owner.contact("Luz Fugaz", Value::Null).await);
    let body = json!({ "contact_id": luz, "kind": "spouse" });
    owner.post(&format!("/api/contacts/{ana}/related"), body).await.created();
    let undo = deleted(&owner, ana).await;
    let goes = "DELETE FROM folders WHERE contact_id IN
        (SELECT id FROM contacts WHERE last_name = 'Fugaz');
        DELETE FROM contacts WHERE last_name = 'Fugaz'";
    let reply = meanwhile(&app, goes, owner.post(&undo, json!({}))).await;
    let left = json!([{ "id": ana, "reason": "parts_gone", "fields": ["related"] }]);
    assert_eq!(reply.ok(), json!({ "restored": 1, "left": left }));
}

async fn a_number_that_is_taken_while_its_owner_comes_back_is_a_conflict(app: TestApp) {
    let owner = app.owner().await;
    let ana = id(&owner.contact("Ana Ruiz", json!({ "external_id": "Q-1" })).await);
    owner.contact("Luz Otra", Value::Null).await;
    let undo = deleted(&owner, ana).await;
    let takes = "UPDATE contacts SET external_id = 'Q-1' WHERE last_name = 'Otra'";
    let reply = meanwhile(&app, takes, owner.post(&undo, json!({}))).await;
    let left = json!([{ "id": ana, "reason": "conflict" }]);
    assert_eq!(reply.ok(), json!({ "restored": 0, "left": left }));
}

async fn a_company_that_goes_while_a_merge_is_undone_is_left_out(app: TestApp) {
    let owner = app.owner().await;
    let (abc, xyz) = (owner.corporation("ABC").await, owner.corporation("Fugaz").await);
    let more = json!({ "primary_corporation_id": abc, "corporation_ids": [xyz] });
    let ana = id(&owner.contact("Ana Ruiz", Value::Null).await);
    let twin = id(&owner.contact("Anna Ruiz", more).await);
    let done = merge(&owner, "contacts", ana, &[twin], json!({})).await;
    // As the deletion of the company does it, link and all.
    app.execute(
        "DELETE FROM contact_corporations WHERE corporation_id =
        (SELECT id FROM corporations WHERE name = 'Fugaz')",
    )
    .await;
    let undo = format!("/api/bulk/{}/undo", done["bulk_id"].as_str().unwrap());
    let goes = "DELETE FROM folders WHERE corporation_id IN
        (SELECT id FROM corporations WHERE name = 'Fugaz');
        DELETE FROM corporations WHERE name = 'Fugaz'";
    let reply = meanwhile(&app, goes, owner.post(&undo, json!({}))).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let twin = owner.get(&format!("/api/contacts/{twin}")).await.ok();
    assert_eq!(twin["corporations"].as_array().unwrap().len(), 1);
}

async fn a_merge_and_a_deletion_at_once_leave_nothing_broken(app: TestApp) {
    let owner = app.owner().await;
    let home = owner.corporation("Casa").await;
    for round in 0..6 {
        let going = owner.corporation(&format!("Fugaz {round}")).await;
        let more = json!({ "primary_corporation_id": home, "corporation_ids": [going] });
        let ana = id(&owner.contact(&format!("Ana {round}"), more.clone()).await);
        let twin = id(&owner.contact(&format!("Anna {round}"), more).await);
        let luz = id(&owner.contact(&format!("Luz {round}"), Value::Null).await);
        let body = json!({ "contact_id": luz, "kind": "spouse" });
        owner.post(&format!("/api/contacts/{twin}/related"), body).await.created();
        let merge = format!("/api/contacts/{ana}/merge");
        let company = format!("/api/corporations/{going}");
        let relative = format!("/api/contacts/{luz}");
        let (merged, a, b) = tokio::join!(
            owner.post(&merge, json!({ "others": [{ "id": twin }], "keep": {} })),
            owner.delete(&company),
            owner.delete(&relative),
        );
        let done = merged.ok();
        a.no_content();
        b.no_content();
        let undo = format!("/api/bulk/{}/undo", done["bulk_id"].as_str().unwrap());
        let next = owner.corporation(&format!("Otra {round}")).await;
        let next = format!("/api/corporations/{next}");
        let (undone, c) = tokio::join!(owner.post(&undo, json!({})), owner.delete(&next));
        undone.ok();
        c.no_content();
        let links = "SELECT count(*) FROM contact_corporations l
            LEFT JOIN corporations c ON c.id = l.corporation_id WHERE c.id IS NULL";
        assert_eq!(app.value::<i64>(links).await, 0);
        assert_eq!(app.count("contact_relations").await, 0);
    }
}

async fn whoever_may_merge_may_undo_it(app: TestApp) {
    let owner = app.owner().await;
    let permissions = ["contacts.view", "contacts.change", "contacts.delete"];
    let role = json!({ "name": "Archivo", "permissions": permissions });
    let role = id(&owner.post("/api/roles", role).await.created());
    let clerk = app.member(owner.tenant, ebenezer_shared::permission::Role::Viewer).await;
    let body = json!({ "role": role });
    owner.patch(&format!("/api/team/{}", clerk.user), body).await.ok();
    let ana = id(&owner.contact("Ana Ruiz", Value::Null).await);
    let twin = id(&owner.contact("Anna Ruiz", Value::Null).await);
    let done = merge(&clerk, "contacts", ana, &[twin], json!({})).await;
    let listed = clerk.get("/api/bulk").await.ok();
    assert_eq!((&listed["total"], &listed["items"][0]["may_undo"]), (&json!(1), &json!(true)));
    assert_eq!(super::undo(&clerk, &done).await["restored"], 2);
    // What needs the right to change many still needs it.
    let body = json!({ "action": "delete", "ids": [ana] });
    let many = owner.post("/api/contacts/bulk", body).await.ok();
    let undo = format!("/api/bulk/{}/undo", many["bulk_id"].as_str().unwrap());
    let refused = clerk.post(&undo, json!({})).await.problem(403, "permission_required");
    assert_eq!(refused["required_permission"], "bulk.run");
    assert_eq!(clerk.get("/api/bulk").await.ok()["total"], 1);
}
