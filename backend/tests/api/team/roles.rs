//! `/api/roles`

use crate::support::crm::column;
use crate::support::fixtures::id;
use crate::support::{TestApp, Value, json};
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    every_firm_has_the_built_in_roles,
    a_firm_makes_roles_of_its_own,
    built_in_roles_do_not_change,
    what_breaks_a_rule_is_named,
    names_are_unique_and_none_of_the_built_in_ones,
    an_older_version_is_refused,
    a_role_that_changes_counts_at_once,
    a_role_in_use_is_not_deleted,
    roles_stay_in_their_firm,
    changes_stand_in_the_firms_log,
    a_repeated_request_gets_the_same_answer,
}

async fn every_firm_has_the_built_in_roles(app: TestApp) {
    let owner = app.owner().await;
    app.member(owner.tenant, Role::Viewer).await;
    let list = owner.get("/api/roles").await.ok();
    let keys = Role::ALL.iter().map(|role| json!(role.as_str())).collect::<Vec<Value>>();
    assert_eq!(column(&list, "id"), keys);
    assert_eq!(column(&list, "member_count"), [1, 0, 0, 0, 0, 0, 0, 1]);
    let viewer = owner.with("Accept-Language", "en").get("/api/roles/viewer").await.ok();
    assert_eq!((&viewer["name"], &viewer["is_builtin"]), (&json!("Viewer"), &json!(true)));
    assert!(viewer["permissions"].as_array().unwrap().contains(&json!("contacts.view")));
    assert!(viewer["description"].as_str().unwrap().starts_with("Sees"));
    assert_eq!(owner.get("/api/roles?is_builtin=false").await.ok()["total"], 0);
    let found = owner.get("/api/roles?search=propietario").await.ok();
    assert_eq!(column(&found, "id")[0], "owner");
}

async fn a_firm_makes_roles_of_its_own(app: TestApp) {
    let owner = app.owner().await;
    let body = json!({
        "name": " Recepción ", "description": "Atiende.",
        "permissions": ["contacts.add", "contacts.view", "contacts.view"],
    });
    let reply = owner.post("/api/roles", body).await.expect(201);
    let role = reply.json();
    assert_eq!(reply.header("location"), format!("/api/roles/{}", id(&role)));
    assert_eq!(
        role,
        json!({
            "id": role["id"], "name": "Recepción", "description": "Atiende.",
            "is_builtin": false, "permissions": ["contacts.view", "contacts.add"],
            "member_count": 0, "invitation_count": 0,
            "created_at": role["created_at"], "updated_at": role["created_at"],
        })
    );
    let path = reply.header("location").to_owned();
    assert_eq!(owner.get(&path).await.ok(), role);
    let member = app.member(owner.tenant, Role::Viewer).await;
    let seat = format!("/api/team/{}", member.user);
    let shown = owner.patch(&seat, json!({ "role": id(&role) })).await.ok();
    assert_eq!(shown["role"], json!({ "key": role["id"], "name": "Recepción" }));
    let me = member.get("/api/auth/me").await.ok();
    assert_eq!(me["tenant"]["role"], role["id"]);
    assert_eq!(me["tenant"]["role_name"], "Recepción");
    assert_eq!(me["tenant"]["permissions"], json!(["contacts.view", "contacts.add"]));
    member.contact("Ana Ruiz", Value::Null).await;
    member.get("/api/team").await.problem(403, "permission_required");
    member.get("/api/corporations").await.problem(403, "permission_required");
    assert_eq!(owner.get(&path).await.ok()["member_count"], 1);
}

async fn built_in_roles_do_not_change(app: TestApp) {
    let owner = app.owner().await;
    let body = json!({ "permissions": [] });
    owner.patch("/api/roles/viewer", body).await.problem(404, "not_found");
    owner.delete("/api/roles/viewer").await.problem(404, "not_found");
}

async fn what_breaks_a_rule_is_named(app: TestApp) {
    let owner = app.owner().await;
    let body = json!({ "name": "Recepción", "permissions": [] });
    let path = format!("/api/roles/{}", id(&owner.post("/api/roles", body).await.created()));
    let counts = app.counts().await;
    for (field, value, why) in [
        ("name", json!(""), "required"),
        ("name", json!("x".repeat(151)), "too_long"),
        ("description", json!("x".repeat(256)), "too_long"),
        ("permissions", json!("all"), "wrong_type"),
        ("permissions", json!(null), "wrong_type"),
        ("color", json!("red"), "unknown_field"),
    ] {
        let mut body = json!({ "name": "Otra", "permissions": [] });
        body[field] = value.clone();
        owner.post("/api/roles", body).await.invalid(field, why);
        owner.patch(&path, json!({ field: value })).await.invalid(field, why);
    }
    let body = json!({ "name": "Otra", "permissions": ["contacts.view", "contacts.fly"] });
    owner.post("/api/roles", body).await.invalid("permissions[1]", "unknown_value");
    owner.post("/api/roles", json!({ "name": "Otra" })).await.invalid("permissions", "required");
    owner.get("/api/roles/boss").await.problem(400, "invalid_path");
    assert_eq!(app.counts().await, counts);
}

async fn names_are_unique_and_none_of_the_built_in_ones(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let role = |name: &str| json!({ "name": name, "permissions": [] });
    owner.post("/api/roles", role("Recepción")).await.created();
    other.post("/api/roles", role("Recepción")).await.created();
    let second = id(&owner.post("/api/roles", role("Archivo")).await.created());
    for name in ["recepcion", " RECEPCIÓN", "Propietario", "owner", "Viewer"] {
        let taken = owner.post("/api/roles", role(name)).await;
        taken.field(409, "duplicate", "name", "taken");
        let taken = owner.patch(&format!("/api/roles/{second}"), json!({ "name": name })).await;
        taken.field(409, "duplicate", "name", "taken");
    }
    let (a, b) = tokio::join!(
        owner.post("/api/roles", role("Doble")),
        owner.post("/api/roles", role("doble"))
    );
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
}

async fn an_older_version_is_refused(app: TestApp) {
    let owner = app.owner().await;
    let body = json!({ "name": "Recepción", "permissions": [] });
    let path = format!("/api/roles/{}", id(&owner.post("/api/roles", body).await.created()));
    let first = owner.with("If-Match", "\"v1\"");
    first.patch(&path, json!({ "description": "x" })).await.ok();
    first.patch(&path, json!({ "description": "y" })).await.problem(412, "precondition_failed");
    first.delete(&path).await.problem(412, "precondition_failed");
    let same = owner.patch(&path, json!({ "description": "x" })).await.expect(200);
    assert_eq!(same.header("etag"), "\"v2\"");
    owner.with("If-Match", "\"v2\"").delete(&path).await.no_content();
    owner.get(&path).await.problem(404, "not_found");
}

async fn a_role_that_changes_counts_at_once(app: TestApp) {
    let owner = app.owner().await;
    let body = json!({ "name": "Recepción", "permissions": ["contacts.view"] });
    let role = id(&owner.post("/api/roles", body).await.created());
    let member = app.member(owner.tenant, Role::Viewer).await;
    owner.patch(&format!("/api/team/{}", member.user), json!({ "role": role })).await.ok();
    let replica = app.another().await;
    let there = replica.client.bearer(&member.token);
    for client in [&member.client, &there] {
        assert_eq!(client.get("/api/corporations").await.status, 403);
    }
    let wider = json!({ "permissions": ["contacts.view", "corporations.view"] });
    owner.patch(&format!("/api/roles/{role}"), wider).await.ok();
    member.get("/api/corporations").await.ok();
    crate::support::mail::wait_for("the other process", async || {
        (there.get("/api/corporations").await.status == 200).then_some(())
    })
    .await;
    owner.patch(&format!("/api/roles/{role}"), json!({ "permissions": [] })).await.ok();
    assert_eq!(member.get("/api/corporations").await.status, 403);
}

async fn a_role_in_use_is_not_deleted(app: TestApp) {
    let owner = app.owner().await;
    let body = json!({ "name": "Recepción", "permissions": [] });
    let role = id(&owner.post("/api/roles", body).await.created());
    let path = format!("/api/roles/{role}");
    let member = app.member(owner.tenant, Role::Viewer).await;
    let seat = format!("/api/team/{}", member.user);
    owner.patch(&seat, json!({ "role": role })).await.ok();
    let body = json!({ "email": "nueva@firma.test", "role": role });
    let invitation = id(&owner.post("/api/team/invitations", body).await.created());
    assert_eq!(owner.delete(&path).await.problem(409, "in_use")["used"], 2);
    owner.delete(&format!("/api/team/invitations/{invitation}")).await.no_content();
    owner.post(&format!("{seat}/deactivate"), json!({})).await.ok();
    assert_eq!(owner.delete(&path).await.problem(409, "in_use")["used"], 1);
    owner.delete(&seat).await.no_content();
    owner.delete(&path).await.no_content();
    assert_eq!(app.count("roles").await, 0);
}

async fn roles_stay_in_their_firm(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let body = json!({ "name": "Recepción", "permissions": [] });
    let foreign = id(&other.post("/api/roles", body).await.created());
    for role in [foreign, Uuid::now_v7()] {
        let path = format!("/api/roles/{role}");
        owner.get(&path).await.problem(404, "not_found");
        owner.patch(&path, json!({ "name": "Mía" })).await.problem(404, "not_found");
        owner.delete(&path).await.problem(404, "not_found");
        let invitation = json!({ "email": "nueva@firma.test", "role": role });
        let refused = owner.post("/api/team/invitations", invitation).await;
        refused.invalid("role", "unknown_reference");
    }
    assert_eq!(owner.get("/api/roles?is_builtin=false").await.ok()["total"], 0);
}

async fn changes_stand_in_the_firms_log(app: TestApp) {
    let owner = app.owner().await;
    let body = json!({ "name": "Recepción", "permissions": ["contacts.view"] });
    let path = format!("/api/roles/{}", id(&owner.post("/api/roles", body).await.created()));
    owner.patch(&path, json!({ "permissions": ["contacts.add"] })).await.ok();
    owner.delete(&path).await.no_content();
    let log = app.audit(owner.tenant).await;
    let told: Vec<_> = log.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(told, ["role.create", "role.update", "role.delete"]);
    assert_eq!(
        log[1].changes,
        json!({ "permissions": { "before": ["contacts.view"], "after": ["contacts.add"] } })
    );
}

async fn a_repeated_request_gets_the_same_answer(app: TestApp) {
    let owner = app.owner().await;
    let client = owner.with("Idempotency-Key", "k1");
    let body = json!({ "name": "Recepción", "permissions": [] });
    let first = client.post("/api/roles", body.clone()).await.expect(201);
    let again = client.post("/api/roles", body).await.expect(201);
    assert_eq!((again.header("idempotency-replayed"), &again.text), ("true", &first.text));
    assert_eq!(app.count("roles").await, 1);
    assert_eq!(app.audit(owner.tenant).await.len(), 1);
}
