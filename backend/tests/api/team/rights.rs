//! Nobody gives, or takes, more than they have.

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, json};
use ebenezer_shared::permission::Role;
use uuid::Uuid;

db_tests! {
    who_leads_the_team_gives_no_more_than_they_have,
    who_leads_the_team_leaves_the_powerful_alone,
    a_role_holds_no_more_than_its_maker_has,
    nobody_widens_their_own_role,
    rights_that_were_lost_meanwhile_do_not_count,
}

fn path(member: &Member) -> String {
    format!("/api/team/{}", member.user)
}

const LEADER: [&str; 6] =
    ["dashboard.view", "team.view", "team.add", "team.change", "team.delete", "contacts.view"];

/// Somebody with a role of the firm's own that runs the team, and that role.
async fn leader(app: &TestApp, owner: &Member) -> (Member, Uuid) {
    let body = json!({ "name": "Jefatura", "permissions": LEADER });
    let role = id(&owner.post("/api/roles", body).await.created());
    let member = app.member(owner.tenant, Role::Viewer).await;
    owner.patch(&path(&member), json!({ "role": role })).await.ok();
    (member, role)
}

async fn who_leads_the_team_gives_no_more_than_they_have(app: TestApp) {
    let owner = app.owner().await;
    let (leader, role) = leader(&app, &owner).await;
    let body = json!({ "name": "Mirón", "permissions": ["contacts.view"] });
    let watcher = id(&leader.post("/api/roles", body).await.created());
    let member = app.member(owner.tenant, Role::Viewer).await;
    owner.patch(&path(&member), json!({ "role": watcher })).await.ok();
    for body in [
        json!({ "role": "viewer" }),
        json!({ "role": "admin" }),
        json!({ "extra_permissions": ["contacts.delete"] }),
    ] {
        let problem = leader.patch(&path(&member), body.clone()).await;
        let problem = problem.problem(403, "beyond_own_permissions");
        assert!(problem["required_permission"].is_string(), "{body}");
        let mut invitation = json!({ "email": "nueva@firma.test", "role": watcher });
        invitation.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
        let refused = leader.post("/api/team/invitations", invitation).await;
        refused.problem(403, "beyond_own_permissions");
    }
    leader.patch(&path(&member), json!({ "role": role })).await.ok();
    let extra = json!({ "role": watcher, "extra_permissions": ["team.view"] });
    leader.patch(&path(&member), extra).await.ok();
    assert_eq!(member.get("/api/team").await.status, 200);
}

async fn who_leads_the_team_leaves_the_powerful_alone(app: TestApp) {
    let owner = app.owner().await;
    let (leader, _) = leader(&app, &owner).await;
    let manager = app.member(owner.tenant, Role::Manager).await;
    let mut refusals = vec![
        leader.patch(&path(&manager), json!({ "role": "viewer" })).await,
        leader.post(&format!("{}/deactivate", path(&manager)), json!({})).await,
        leader.delete(&path(&manager)).await,
    ];
    owner.post(&format!("{}/deactivate", path(&manager)), json!({})).await.ok();
    refusals.push(leader.post(&format!("{}/reactivate", path(&manager)), json!({})).await);
    for refused in refusals {
        refused.problem(403, "beyond_own_permissions");
    }
    let department = owner.department("Nómina", "NOM").await;
    leader.patch(&path(&manager), json!({ "department_id": department })).await.ok();
}

async fn a_role_holds_no_more_than_its_maker_has(app: TestApp) {
    let owner = app.owner().await;
    let (leader, _) = leader(&app, &owner).await;
    let body = json!({ "name": "Grande", "permissions": ["contacts.view", "contacts.delete"] });
    let refused = leader.post("/api/roles", body.clone()).await;
    let problem = refused.problem(403, "beyond_own_permissions");
    assert_eq!(problem["required_permission"], "contacts.delete");
    let role = format!("/api/roles/{}", id(&owner.post("/api/roles", body).await.created()));
    // What the leader lacks can be neither put in nor taken out; the rest can.
    for permissions in [
        json!(["contacts.view"]),
        json!([]),
        json!(["contacts.view", "contacts.delete", "contacts.add"]),
    ] {
        let refused = leader.patch(&role, json!({ "permissions": permissions })).await;
        refused.problem(403, "beyond_own_permissions");
    }
    let changed = leader.patch(&role, json!({ "permissions": ["contacts.delete"] })).await.ok();
    assert_eq!(changed["permissions"], json!(["contacts.delete"]));
}

async fn nobody_widens_their_own_role(app: TestApp) {
    let owner = app.owner().await;
    let (leader, role) = leader(&app, &owner).await;
    // Personally allowed, but not by the role.
    owner.patch(&path(&leader), json!({ "extra_permissions": ["contacts.add"] })).await.ok();
    let own = format!("/api/roles/{role}");
    let mut wider = LEADER.to_vec();
    wider.push("contacts.add");
    let refused = leader.patch(&own, json!({ "permissions": wider })).await;
    refused.problem(409, "own_membership");
    leader.patch(&own, json!({ "description": "La que manda" })).await.ok();
    leader.patch(&own, json!({ "permissions": LEADER[..4] })).await.ok();
    assert_eq!(leader.get("/api/contacts").await.status, 403);
}

async fn rights_that_were_lost_meanwhile_do_not_count(app: TestApp) {
    let owner = app.owner().await;
    let admin = app.member(owner.tenant, Role::Admin).await;
    let viewer = app.member(owner.tenant, Role::Viewer).await;
    admin.get("/api/team").await.ok();
    // Known for a second as an admin, in this process; the database knows better.
    let sql = format!(
        "UPDATE memberships SET role = 'viewer' WHERE id = (SELECT m.id FROM memberships m \
         JOIN users u ON u.id = m.user_id WHERE u.email = '{}')",
        admin.email
    );
    app.execute(&sql).await;
    let refused = admin.patch(&path(&viewer), json!({ "role": "admin" })).await;
    refused.problem(403, "permission_required");
}
