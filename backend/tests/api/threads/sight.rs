//! Who sees which threads.

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, Watch, json};
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    a_thread_between_colleagues_is_theirs_alone,
    a_thread_with_a_client_is_seen_by_who_sees_the_client,
    another_firm_finds_nothing,
    a_message_is_told_to_those_who_see_the_thread,
    who_is_taken_out_hears_of_it_and_of_nothing_else,
    a_case_is_told_to_those_who_see_cases,
}

async fn a_thread_between_colleagues_is_theirs_alone(app: TestApp) {
    let owner = app.owner().await;
    let (eva, leo) = (
        app.member(owner.tenant, Role::Member).await,
        app.member(owner.tenant, Role::Member).await,
    );
    let thread = eva.thread("Regalo sorpresa", &[&leo]).await;
    let path = format!("/api/threads/{thread}");
    for reply in [
        owner.get(&path).await,
        owner.get(&format!("{path}/messages")).await,
        owner.patch(&path, json!({ "subject": "x" })).await,
        owner.post(&format!("{path}/messages"), json!({ "body": "x" })).await,
        owner.post(&format!("{path}/read"), json!({ "up_to": 1 })).await,
        owner.delete(&path).await,
    ] {
        reply.problem(404, "not_found");
    }
    assert_eq!(owner.get("/api/threads").await.ok()["total"], 0);
    assert_eq!(owner.get("/api/threads?search=sorpresa").await.ok()["total"], 0);
    assert_eq!(leo.get(&path).await.ok()["unread"], 1);
    leo.patch(&path, json!({ "subject": "Otro regalo sorpresa" })).await.ok();
    let log = owner.get("/api/audit-logs?resource_type=thread").await.ok();
    assert_eq!(log["total"], 2);
    let told = log.to_string();
    assert!(!told.contains("sorpresa") && !told.contains("Buenos"), "{told}");
}

async fn a_thread_with_a_client_is_seen_by_who_sees_the_client(app: TestApp) {
    let owner = app.owner().await;
    let viewer = app.member(owner.tenant, Role::Viewer).await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let body = json!({
        "subject": "Su declaración", "kind": "client", "contact_id": ana,
        "message": { "body": "Buenos días, Ana" },
    });
    let thread = id(&owner.post("/api/threads", body).await.created());
    let path = format!("/api/threads/{thread}");
    let seen = viewer.get(&path).await.ok();
    assert_eq!(seen["unread"], 0, "nobody reads what they take no part in");
    let refused = viewer.post(&format!("{path}/messages"), json!({ "body": "x" })).await;
    let refused = refused.problem(403, "permission_required");
    assert_eq!(refused["required_permission"], "messages.add");
    let role = json!({ "name": "Sin contactos", "permissions": ["messages.view", "messages.add"] });
    let role = id(&owner.post("/api/roles", role).await.created());
    app.change_membership(viewer.user, owner.tenant, |row| row.role_id = Some(role)).await;
    viewer.get(&path).await.problem(404, "not_found");
    let hidden = json!({
        "subject": "x", "contact_id": ana, "message": { "body": "x" },
    });
    viewer.post("/api/threads", hidden).await.invalid("contact_id", "unknown_reference");
    // Who writes takes part.
    let eva = app.member(owner.tenant, Role::Member).await;
    eva.say(thread, "Yo me encargo").await;
    let people = owner.get(&path).await.ok()["members"].as_array().unwrap().len();
    assert_eq!(people, 2);
}

async fn another_firm_finds_nothing(app: TestApp) {
    let (owner, stranger) = (app.owner().await, app.owner().await);
    let thread = owner.thread("x", &[]).await;
    stranger.get(&format!("/api/threads/{thread}")).await.problem(404, "not_found");
    let messages = format!("/api/threads/{thread}/messages");
    stranger.post(&messages, json!({ "body": "x" })).await.problem(404, "not_found");
    assert_eq!(stranger.get("/api/threads").await.ok()["total"], 0);
}

/// The threads that are told of before that record is.
async fn threads_until(watch: &mut Watch, last: &Value) -> Vec<Value> {
    let mut threads = Vec::new();
    loop {
        let change = watch.change().await;
        if change["subject"] == "thread" {
            threads.push(change["record"].clone());
        }
        if change["record"] == *last {
            return threads;
        }
    }
}

async fn a_message_is_told_to_those_who_see_the_thread(app: TestApp) {
    let owner = app.owner().await;
    let (eva, leo): (Member, Member) =
        (app.member(owner.tenant, Role::Member).await, app.member(owner.tenant, Role::Admin).await);
    let thread: Uuid = owner.thread("x", &[&eva]).await;
    let mut theirs = eva.watch("/api/live").await;
    let mut others = leo.watch("/api/live").await;
    owner.say(thread, "Hola").await;
    let last = owner.contact("Luis Rey", Value::Null).await;
    let told = threads_until(&mut theirs, &last["id"]).await;
    assert_eq!(told.last(), Some(&json!(thread)));
    assert!(threads_until(&mut others, &last["id"]).await.is_empty());
}

async fn who_is_taken_out_hears_of_it_and_of_nothing_else(app: TestApp) {
    let owner = app.owner().await;
    let eva = app.member(owner.tenant, Role::Member).await;
    let thread = owner.thread("x", &[&eva]).await;
    let path = format!("/api/threads/{thread}");
    let mut watch = eva.watch("/api/live").await;
    owner.patch(&path, json!({ "member_ids": [owner.user] })).await.ok();
    owner.say(thread, "Hola").await;
    owner.delete(&path).await.expect(204);
    let last = owner.contact("Luis Rey", Value::Null).await;
    let mut told = Vec::new();
    loop {
        let change = watch.change().await;
        if change["record"] == last["id"] {
            break;
        }
        if change["record"] == json!(thread) {
            told.push([change["verb"].clone(), change["by"].clone(), change["by_name"].clone()]);
        }
    }
    let verbs: Vec<_> = told.iter().map(|[verb, ..]| verb).collect();
    assert_eq!(verbs, ["update", "delete"]);
    assert!(told.iter().all(|[_, by, name]| *by == Value::Null && name == ""), "{told:?}");
}

async fn a_case_is_told_to_those_who_see_cases(app: TestApp) {
    let owner = app.owner().await;
    let eva = app.member(owner.tenant, Role::Member).await;
    let ana = id(&owner.contact("Ana Paz", Value::Null).await);
    let case = id(&owner.case_of(ana, Value::Null).await);
    let body = json!({ "subject": "x", "member_ids": [eva.user], "contact_id": ana,
        "case_id": case, "message": { "body": "Hola" } });
    let path = format!("/api/threads/{}", id(&owner.post("/api/threads", body).await.created()));
    assert_eq!(eva.get(&path).await.ok()["case"]["id"], json!(case));
    let role = json!({ "name": "Sin casos", "permissions": ["messages.view"] });
    let role = id(&owner.post("/api/roles", role).await.created());
    app.change_membership(eva.user, owner.tenant, |row| row.role_id = Some(role)).await;
    let seen = eva.get(&path).await.ok();
    assert_eq!((&seen["case"], &seen["client"]), (&Value::Null, &Value::Null));
    assert_eq!(seen["subject"], "x");
}
