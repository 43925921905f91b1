//! `X-Organization-ID` names another of one's firms for one request.

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, Value, json};
use ebenezer_shared::permission::Role;

db_tests! {
    the_header_names_another_firm_of_ones_own,
    the_role_is_that_of_the_named_firm,
    foreign_and_unknown_firms_answer_alike,
    a_malformed_header_is_told,
    a_change_of_role_is_seen_at_once,
    a_single_extra_permission_adds_to_the_role,
}

/// The owner of a firm who is a member of another one too.
async fn in_two_firms(app: &TestApp, role: Role) -> (Member, Member) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let user = ebenezer::platform::user::by_id(&app.db, owner.user).await.unwrap().unwrap();
    app.join(other.tenant, &user, role).await;
    (owner, other)
}

async fn the_header_names_another_firm_of_ones_own(app: TestApp) {
    let (owner, other) = in_two_firms(&app, Role::Admin).await;
    let there = owner.with("X-Organization-ID", other.tenant.to_string());
    let names = json!({ "first_name": "Rosa", "last_name": "Mora" });
    let contact = there.post("/api/contacts", names).await.created();
    let path = format!("/api/contacts/{}", id(&contact));
    other.get(&path).await.ok();
    there.get(&path).await.ok();
    owner.get(&path).await.problem(404, "not_found");
    assert_eq!(owner.get("/api/contacts").await.ok()["total"], 0);
    assert_eq!(there.get("/api/auth/me").await.ok()["tenant"]["id"], other.tenant.to_string());
    let spaced = owner.with("X-Organization-ID", format!(" {} ", other.tenant));
    spaced.get(&path).await.ok();
}

async fn the_role_is_that_of_the_named_firm(app: TestApp) {
    let (owner, other) = in_two_firms(&app, Role::Viewer).await;
    let there = owner.with("X-Organization-ID", other.tenant.to_string());
    there.get("/api/contacts").await.ok();
    let names = json!({ "first_name": "Rosa", "last_name": "Mora" });
    let refused = there.post("/api/contacts", names.clone()).await;
    let problem = refused.problem(403, "permission_required");
    assert_eq!(problem["required_permission"], "contacts.add");
    owner.post("/api/contacts", names).await.created();
}

async fn foreign_and_unknown_firms_answer_alike(app: TestApp) {
    let (owner, foreign) = (app.owner().await, app.owner().await);
    for path in ["/api/contacts", "/api/auth/me", "/api/departments", "/api/contacts/x"] {
        let mut answers = Vec::new();
        for tenant in [foreign.tenant, uuid::Uuid::now_v7(), uuid::Uuid::nil()] {
            let client = owner.with("X-Organization-ID", tenant.to_string());
            let reply = client.get(path).await;
            let mut headers = reply.headers.clone();
            for changing in ["x-request-id", "date", "ratelimit-remaining", "ratelimit-reset"] {
                headers.remove(changing);
            }
            let mut problem = reply.problem(403, "not_a_member");
            problem["request_id"] = Value::Null;
            answers.push((problem, headers));
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{path}: {answers:?}");
    }
}

async fn a_malformed_header_is_told(app: TestApp) {
    let owner = app.owner().await;
    for value in ["", "firma", "123", "' OR 1=1", "00000000-0000-0000-0000-00000000000g"] {
        let client = owner.with("X-Organization-ID", value);
        client.get("/api/contacts").await.problem(400, "invalid_header");
    }
    let binary = owner.with("X-Organization-ID", b"\xff\xfe");
    binary.get("/api/contacts").await.problem(400, "invalid_header");
    // Who is asking is judged first.
    let nobody = app.client.with("X-Organization-ID", "firma");
    nobody.get("/api/contacts").await.problem(401, "authentication_required");
}

async fn a_change_of_role_is_seen_at_once(app: TestApp) {
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Member).await;
    let names = |last: &str| json!({ "first_name": "Rosa", "last_name": last });
    member.post("/api/contacts", names("Mora")).await.created();
    app.change_membership(member.user, owner.tenant, |row| row.role = "viewer".to_owned()).await;
    let refused = member.post("/api/contacts", names("Luna")).await;
    refused.problem(403, "permission_required");
    // A role that is none allows nothing.
    app.change_membership(member.user, owner.tenant, |row| row.role = "wizard".to_owned()).await;
    member.get("/api/contacts").await.problem(403, "permission_required");
}

async fn a_single_extra_permission_adds_to_the_role(app: TestApp) {
    let owner = app.owner().await;
    let viewer = app.member(owner.tenant, Role::Viewer).await;
    let extra = json!(["contacts.add", "no.such", 7]);
    app.change_membership(viewer.user, owner.tenant, |row| row.extra_permissions = extra).await;
    let names = json!({ "first_name": "Rosa", "last_name": "Mora" });
    let contact = viewer.post("/api/contacts", names).await.created();
    let path = format!("/api/contacts/{}", id(&contact));
    let refused = viewer.patch(&path, json!({ "notes": "x" })).await;
    assert_eq!(
        refused.problem(403, "permission_required")["required_permission"],
        "contacts.change"
    );
}
