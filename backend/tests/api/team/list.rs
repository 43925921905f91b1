//! `GET /api/team` and `GET /api/team/{id}`.

use crate::support::crm::column;
use crate::support::{Member, TestApp, Value, json};
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    a_member_is_shown_with_role_department_and_last_login,
    the_team_is_filtered_and_sorted,
    a_login_is_told_in_the_firm_that_was_entered,
    nobody_sees_another_firms_people,
}

async fn a_member_is_shown_with_role_department_and_last_login(app: TestApp) {
    let owner = app.owner().await;
    let department = owner.department("Nómina", "NOM").await;
    let member = app.member(owner.tenant, Role::Manager).await;
    let path = format!("/api/team/{}", member.user);
    let body = json!({ "department_id": department, "extra_permissions": ["pii.reveal"] });
    owner.patch(&path, body).await.ok();
    let reply = owner.get(&path).await.expect(200);
    assert_eq!(reply.header("etag"), "\"v2\"");
    let shown = reply.json();
    let name = shown["full_name"].clone();
    assert!(name.as_str().unwrap().starts_with("Persona "));
    assert_eq!(
        shown,
        json!({
            "id": member.user, "full_name": name, "email": member.email, "active": true,
            "role": { "key": "manager", "name": "Gerente" },
            "extra_permissions": ["pii.reveal"],
            "department": { "id": department, "name": "Nómina", "color": "#64748b" },
            "last_login_at": null,
            "created_at": shown["created_at"], "updated_at": shown["updated_at"],
        })
    );
    let english = owner.with("Accept-Language", "en").get(&path).await.ok();
    assert_eq!(english["role"]["name"], "Manager");
    owner.get("/api/team/nobody").await.problem(400, "invalid_path");
    owner.get(&format!("/api/team/{}", Uuid::now_v7())).await.problem(404, "not_found");
}

async fn the_team_is_filtered_and_sorted(app: TestApp) {
    let owner = app.owner().await;
    let department = owner.department("Nómina", "NOM").await;
    let manager = app.member(owner.tenant, Role::Manager).await;
    let viewer = app.member(owner.tenant, Role::Viewer).await;
    let path = |member: &Member| format!("/api/team/{}", member.user);
    owner.patch(&path(&manager), json!({ "department_id": department })).await.ok();
    owner.post(&format!("{}/deactivate", path(&viewer)), json!({})).await.ok();
    let ids =
        async |query: &str| column(&owner.get(&format!("/api/team?{query}")).await.ok(), "id");
    let is = |members: &[&Member]| members.iter().map(|m| json!(m.user)).collect::<Vec<Value>>();
    assert_eq!(ids("role=manager").await, is(&[&manager]));
    assert_eq!(ids("active=false").await, is(&[&viewer]));
    assert_eq!(ids(&format!("department_id={department}")).await, is(&[&manager]));
    assert_eq!(ids("ordering=-department").await[0], json!(manager.user));
    assert_eq!(ids("ordering=created_at").await, is(&[&owner, &manager, &viewer]));
    assert_eq!(ids("ordering=-role&active=true").await, is(&[&owner, &manager]));
    for wrong in ["role=boss", "active=maybe", "department_id=x", "ordering=password"] {
        owner.get(&format!("/api/team?{wrong}")).await.problem(400, "invalid_query");
    }
}

async fn a_login_is_told_in_the_firm_that_was_entered(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let user = ebenezer::platform::user::by_id(&app.db, other.user).await.unwrap().unwrap();
    app.join(owner.tenant, &user, Role::Member).await;
    let path = format!("/api/team/{}", other.user);
    assert_eq!(owner.get(&path).await.ok()["last_login_at"], Value::Null);
    assert_ne!(other.get(&path).await.ok()["last_login_at"], Value::Null);
    other.post("/api/auth/switch", json!({ "tenant_id": owner.tenant })).await.ok();
    assert_ne!(owner.get(&path).await.ok()["last_login_at"], Value::Null);
}

async fn nobody_sees_another_firms_people(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    assert_eq!(owner.get("/api/team").await.ok()["total"], 1);
    let path = format!("/api/team/{}", other.user);
    owner.get(&path).await.problem(404, "not_found");
    owner.patch(&path, json!({ "role": "viewer" })).await.problem(404, "not_found");
    owner.delete(&path).await.problem(404, "not_found");
    for what in ["deactivate", "reactivate"] {
        owner.post(&format!("{path}/{what}"), json!({})).await.problem(404, "not_found");
    }
}
