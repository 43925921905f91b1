//! A firm always has an owner who can log in.

use crate::support::fixtures::id;
use crate::support::{Member, TestApp, json};
use ebenezer_shared::permission::Role;

db_tests! {
    the_last_owner_stays,
    an_owner_who_cannot_log_in_does_not_count,
    two_owners_who_demote_each_other_leave_one,
    nobody_changes_their_own_access,
    only_an_owner_makes_and_changes_owners,
}

fn path(member: &Member) -> String {
    format!("/api/team/{}", member.user)
}

async fn the_last_owner_stays(app: TestApp) {
    let owner = app.owner().await;
    let admin = app.member(owner.tenant, Role::Admin).await;
    for member in [&owner, &admin] {
        let demote = member.patch(&path(&owner), json!({ "role": "admin" })).await;
        demote.problem(409, "last_owner");
        let out = member.post(&format!("{}/deactivate", path(&owner)), json!({})).await;
        out.problem(409, "last_owner");
        member.delete(&path(&owner)).await.problem(409, "last_owner");
    }
    assert_eq!(owner.get(&path(&owner)).await.ok()["role"]["key"], "owner");
    owner.patch(&path(&admin), json!({ "role": "owner" })).await.ok();
    admin.patch(&path(&owner), json!({ "role": "admin" })).await.ok();
    admin.patch(&path(&admin), json!({ "role": "admin" })).await.problem(409, "last_owner");
}

async fn an_owner_who_cannot_log_in_does_not_count(app: TestApp) {
    let owner = app.owner().await;
    let second = app.member(owner.tenant, Role::Owner).await;
    app.change_user(second.user, |user| user.is_active = false).await;
    owner.delete(&path(&owner)).await.problem(409, "last_owner");
    app.change_user(second.user, |user| user.is_active = true).await;
    owner.post(&format!("{}/deactivate", path(&second)), json!({})).await.ok();
    owner.delete(&path(&owner)).await.problem(409, "last_owner");
    owner.delete(&path(&second)).await.no_content();
}

async fn two_owners_who_demote_each_other_leave_one(app: TestApp) {
    let one = app.owner().await;
    let two = app.member(one.tenant, Role::Owner).await;
    for what in ["demote", "deactivate", "remove"] {
        let act = async |who: &Member, whom: &Member| match what {
            "demote" => who.patch(&path(whom), json!({ "role": "viewer" })).await.status,
            "deactivate" => who.post(&format!("{}/deactivate", path(whom)), json!({})).await.status,
            _ => who.delete(&path(whom)).await.status,
        };
        let (a, b) = tokio::join!(act(&one, &two), act(&two, &one));
        let done = [a, b].iter().filter(|status| **status < 300).count();
        assert_eq!(done, 1, "{what}: {a} {b}");
        let owners = "SELECT count(*) FROM memberships WHERE role = 'owner' AND is_active";
        assert_eq!(app.value::<i64>(owners).await, 1, "{what}");
        app.execute("UPDATE memberships SET role = 'owner', is_active = true, removed_at = NULL")
            .await;
        app.execute("UPDATE sessions SET ended_at = NULL").await;
        app.forget();
    }
}

async fn nobody_changes_their_own_access(app: TestApp) {
    let owner = app.owner().await;
    app.member(owner.tenant, Role::Owner).await;
    let admin = app.member(owner.tenant, Role::Admin).await;
    let department = owner.department("Nómina", "NOM").await;
    for member in [&owner, &admin] {
        let own = path(member);
        for body in [json!({ "role": "viewer" }), json!({ "extra_permissions": ["bulk.run"] })] {
            member.patch(&own, body).await.problem(409, "own_membership");
        }
        let out = member.post(&format!("{own}/deactivate"), json!({})).await;
        out.problem(409, "own_membership");
        member.delete(&own).await.problem(409, "own_membership");
        member.patch(&own, json!({ "department_id": department })).await.ok();
    }
    // Who sees one department alone does not choose which.
    let role = json!({ "name": "Recepción", "permissions": ["team.view", "team.change"] });
    let role = id(&owner.post("/api/roles", role).await.created());
    let clerk = app.member(owner.tenant, Role::Viewer).await;
    owner.patch(&path(&clerk), json!({ "role": role })).await.ok();
    app.forget();
    let body = json!({ "department_id": department });
    clerk.patch(&path(&clerk), body.clone()).await.problem(409, "own_membership");
    owner.patch(&path(&clerk), body).await.ok();
}

async fn only_an_owner_makes_and_changes_owners(app: TestApp) {
    let owner = app.owner().await;
    let second = app.member(owner.tenant, Role::Owner).await;
    let admin = app.member(owner.tenant, Role::Admin).await;
    let viewer = app.member(owner.tenant, Role::Viewer).await;
    let refused = admin.patch(&path(&viewer), json!({ "role": "owner" })).await;
    refused.problem(403, "owner_required");
    let refused = admin.patch(&path(&second), json!({ "role": "viewer" })).await;
    refused.problem(403, "owner_required");
    let refused = admin.post(&format!("{}/deactivate", path(&second)), json!({})).await;
    refused.problem(403, "owner_required");
    admin.delete(&path(&second)).await.problem(403, "owner_required");
    let invitation = json!({ "email": "nueva@firma.test", "role": "owner" });
    admin.post("/api/team/invitations", invitation).await.problem(403, "owner_required");
    assert_eq!(owner.get(&path(&viewer)).await.ok()["role"]["key"], "viewer");
    admin.patch(&path(&viewer), json!({ "role": "admin" })).await.ok();
}
