//! Changing members: role, department, in and out.

use crate::support::fixtures::id;
use crate::support::{Member, PASSWORD, TestApp, json};
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    another_role_counts_at_once,
    bad_input_is_named_and_changes_nothing,
    an_older_version_is_refused,
    who_is_deactivated_is_out_of_that_firm_alone,
    other_processes_follow_within_a_second,
    who_is_reactivated_is_back,
    who_is_removed_is_gone_and_records_still_name_them,
    changes_stand_in_the_firms_log,
    a_paused_firm_changes_nobody,
    reactivating_takes_a_place_of_the_plan,
}

fn path(member: &Member) -> String {
    format!("/api/team/{}", member.user)
}

async fn another_role_counts_at_once(app: TestApp) {
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Viewer).await;
    let contact = json!({ "first_name": "Ana", "last_name": "Ruiz" });
    member.post("/api/contacts", contact.clone()).await.problem(403, "permission_required");
    owner.patch(&path(&member), json!({ "role": "member" })).await.ok();
    member.post("/api/contacts", contact).await.created();
    owner.patch(&path(&member), json!({ "extra_permissions": ["departments.add"] })).await.ok();
    let department = json!({ "name": "Nómina", "code": "NOM" });
    member.post("/api/departments", department).await.created();
    let me = member.get("/api/auth/me").await.ok();
    assert_eq!(me["tenant"]["role"], "member");
    assert!(me["tenant"]["permissions"].as_array().unwrap().contains(&json!("departments.add")));
}

async fn bad_input_is_named_and_changes_nothing(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let member = app.member(owner.tenant, Role::Viewer).await;
    let foreign = id(&other
        .post("/api/roles", json!({ "name": "Ajeno", "permissions": [] }))
        .await
        .created());
    let before = owner.get(&path(&member)).await;
    for (body, field, why) in [
        (json!({ "role": "boss" }), "role", "unknown_value"),
        (json!({ "role": null }), "role", "wrong_type"),
        (json!({ "role": foreign }), "role", "unknown_reference"),
        (json!({ "role": Uuid::now_v7() }), "role", "unknown_reference"),
        (json!({ "department_id": "x" }), "department_id", "wrong_type"),
        (json!({ "department_id": Uuid::now_v7() }), "department_id", "unknown_reference"),
        (
            json!({ "department_id": other.department("Nómina", "N").await }),
            "department_id",
            "unknown_reference",
        ),
        (json!({ "extra_permissions": ["all"] }), "extra_permissions[0]", "unknown_value"),
        (json!({ "extra_permissions": null }), "extra_permissions", "wrong_type"),
        (json!({ "active": false }), "active", "unknown_field"),
    ] {
        owner.patch(&path(&member), body).await.invalid(field, why);
    }
    let after = owner.get(&path(&member)).await;
    assert_eq!((after.header("etag"), after.json()), (before.header("etag"), before.json()));
    let same = owner.patch(&path(&member), json!({ "role": "viewer" })).await.expect(200);
    assert_eq!(same.header("etag"), before.header("etag"), "nothing changed");
}

async fn an_older_version_is_refused(app: TestApp) {
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Viewer).await;
    let first = owner.with("If-Match", "\"v1\"");
    first.patch(&path(&member), json!({ "role": "member" })).await.ok();
    let body = json!({ "role": "sales" });
    first.patch(&path(&member), body).await.problem(412, "precondition_failed");
    let gone = format!("{}/deactivate", path(&member));
    first.post(&gone, json!({})).await.problem(412, "precondition_failed");
    first.delete(&path(&member)).await.problem(412, "precondition_failed");
    owner.with("If-Match", "\"v2\"").delete(&path(&member)).await.no_content();
}

async fn who_is_deactivated_is_out_of_that_firm_alone(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let user = app.add_user().await;
    app.join(owner.tenant, &user, Role::Member).await;
    app.join(other.tenant, &user, Role::Member).await;
    let here = app.session(&user, owner.tenant).await;
    let there = app.session(&user, other.tenant).await;
    let gone = owner.post(&format!("{}/deactivate", path(&here)), json!({})).await.ok();
    assert_eq!(gone["active"], false);
    here.get("/api/contacts").await.problem(401, "session_expired");
    there.get("/api/contacts").await.ok();
    there
        .with("X-Organization-ID", owner.tenant.to_string())
        .get("/api/contacts")
        .await
        .problem(403, "not_a_member");
    let again = json!({ "email": user.email, "password": PASSWORD, "cookie": false });
    let answer = app.client.post("/api/auth/login", again).await.ok();
    assert_eq!(answer["tenant"]["id"], other.tenant.to_string());
    assert_eq!(answer["tenants"].as_array().unwrap().len(), 1);
    let contact = json!({ "first_name": "A", "last_name": "B", "owner_id": user.id });
    owner.post("/api/contacts", contact).await.invalid("owner_id", "unknown_reference");
}

async fn other_processes_follow_within_a_second(app: TestApp) {
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Member).await;
    let replica = app.another().await;
    let there = replica.client.bearer(&member.token);
    there.get("/api/contacts").await.ok();
    owner.post(&format!("{}/deactivate", path(&member)), json!({})).await.ok();
    let started = std::time::Instant::now();
    crate::support::mail::wait_for("the other process", async || {
        (there.get("/api/contacts").await.status == 401).then_some(())
    })
    .await;
    assert!(started.elapsed() < std::time::Duration::from_secs(5), "{:?}", started.elapsed());
}

async fn who_is_reactivated_is_back(app: TestApp) {
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Member).await;
    let gone = format!("{}/deactivate", path(&member));
    owner.post(&gone, json!({})).await.ok();
    let again = owner.post(&gone, json!({})).await.expect(200);
    assert_eq!(again.header("etag"), "\"v2\"", "twice is as good as once");
    let back = owner.post(&format!("{}/reactivate", path(&member)), json!({})).await.ok();
    assert_eq!(back["active"], true);
    let login = json!({ "email": member.email, "password": PASSWORD, "cookie": false });
    let answer = app.client.post("/api/auth/login", login).await.ok();
    app.member_of(&answer).get("/api/contacts").await.ok();
}

async fn who_is_removed_is_gone_and_records_still_name_them(app: TestApp) {
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Member).await;
    let contact = owner.contact("Ana Ruiz", json!({ "owner_id": member.user })).await;
    owner.delete(&path(&member)).await.no_content();
    owner.get(&path(&member)).await.problem(404, "not_found");
    owner.delete(&path(&member)).await.problem(404, "not_found");
    assert_eq!(owner.get("/api/team").await.ok()["total"], 1);
    member.get("/api/contacts").await.problem(401, "session_expired");
    let contact = owner.get(&format!("/api/contacts/{}", id(&contact))).await.ok();
    assert_eq!(contact["owner"]["id"], member.user.to_string());
}

async fn changes_stand_in_the_firms_log(app: TestApp) {
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Member).await;
    owner.patch(&path(&member), json!({ "role": "sales" })).await.ok();
    owner.post(&format!("{}/deactivate", path(&member)), json!({})).await.ok();
    owner.delete(&path(&member)).await.no_content();
    let log = app.audit(owner.tenant).await;
    let told: Vec<_> = log.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(told, ["member.update", "member.update", "member.delete"]);
    assert!(log.iter().all(|entry| entry.resource_id == Some(member.user)));
    assert!(log.iter().all(|entry| entry.actor_id == Some(owner.user)));
    let (before, after) = ("Miembro", "Ventas");
    assert_eq!(log[0].changes["role"]["before"]["name"], before);
    assert_eq!(log[0].changes["role"]["after"]["name"], after);
    assert_eq!(log[1].changes, json!({ "active": { "before": true, "after": false } }));
}

async fn a_paused_firm_changes_nobody(app: TestApp) {
    use ebenezer::platform::tenant::Status;
    let owner = app.owner().await;
    let member = app.member(owner.tenant, Role::Member).await;
    app.change_tenant(owner.tenant, |tenant| tenant.status = Status::Paused).await;
    let body = json!({ "role": "sales" });
    owner.patch(&path(&member), body).await.problem(403, "tenant_paused");
    owner.get(&path(&member)).await.ok();
}

async fn reactivating_takes_a_place_of_the_plan(app: TestApp) {
    let owner = app.owner().await;
    let first = app.member(owner.tenant, Role::Member).await;
    owner.post(&format!("{}/deactivate", path(&first)), json!({})).await.ok();
    for _ in 0..4 {
        app.member(owner.tenant, Role::Viewer).await;
    }
    let full = owner.post(&format!("{}/reactivate", path(&first)), json!({})).await;
    let full = full.problem(402, "plan_limit");
    assert_eq!((&full["limit"], &full["used"]), (&json!(5), &json!(5)));
    assert!(full["upgrade_url"].as_str().unwrap().starts_with("http"));
}
