//! What happens to accounts is told to the firms that they work for.

use crate::support::mail::wait_for;
use crate::support::{Member, PASSWORD, Setup, TestApp, json};
use chrono::TimeDelta;
use ebenezer::audit::{Entity, Model};
use ebenezer_shared::permission::Role;
use sea_orm::{EntityTrait as _, QueryOrder as _};
use uuid::Uuid;

db_tests! {
    a_firm_learns_of_logins_and_failed_ones,
    each_firm_of_a_user_learns_of_a_changed_password_once,
    a_firm_learns_what_happened_before_somebody_left,
}

/// The firm's entries about accounts, once they are all there.
#[expect(clippy::disallowed_methods, reason = "looks into every firm")]
async fn entries(app: &TestApp, tenant: Uuid) -> Vec<Model> {
    wait_for("the firms to be told", async || {
        let open = "SELECT count(*) FROM activity_logs WHERE seq IS NULL";
        (app.value::<i64>(open).await == 0).then_some(())
    })
    .await;
    let rows = Entity::find().order_by_asc(ebenezer::audit::Column::At).all(&app.db).await.unwrap();
    rows.into_iter()
        .filter(|row| row.tenant_id == tenant && row.resource_type == "account")
        .collect()
}

fn actions(entries: &[Model]) -> Vec<&str> {
    entries.iter().map(|entry| entry.action.as_str()).collect()
}

async fn a_firm_learns_of_logins_and_failed_ones(app: TestApp) {
    let owner: Member = app.owner().await;
    let stranger = app.owner().await;
    let bad = json!({ "email": owner.email, "password": "otra-cosa-cualquiera" });
    app.client.post("/api/auth/login", bad).await.problem(401, "invalid_credentials");
    let login = json!({ "email": owner.email, "password": PASSWORD, "cookie": false });
    app.client.post("/api/auth/login", login).await.ok();
    let told = entries(&app, owner.tenant).await;
    assert_eq!(actions(&told), ["tenant.registered", "login.failed", "login"]);
    // Whoever failed to log in is not known to be the owner.
    assert_eq!((told[1].actor_id, told[1].resource_id), (None, Some(owner.user)));
    assert_eq!((told[2].actor_id, told[2].ip.as_str()), (Some(owner.user), "127.0.0.1"));
    assert_eq!(actions(&entries(&app, stranger.tenant).await), ["tenant.registered"]);
}

async fn each_firm_of_a_user_learns_of_a_changed_password_once(app: TestApp) {
    let other = app.another().await;
    let (first, second) = (app.owner().await, app.owner().await);
    let user = app.add_user().await;
    app.join(first.tenant, &user, Role::Member).await;
    app.join(second.tenant, &user, Role::Member).await;
    let body = json!({ "email": user.email, "password": "no-es-la-que-era" });
    app.client.post("/api/auth/login", body).await.problem(401, "invalid_credentials");
    for firm in [&first, &second] {
        let told = entries(&app, firm.tenant).await;
        assert_eq!(actions(&told), ["tenant.registered", "login.failed"]);
    }
    drop(other);
}

async fn a_firm_learns_what_happened_before_somebody_left(setup: Setup) {
    let app = setup.no_worker().start().await;
    let owner = app.owner().await;
    let stranger = app.owner().await;
    let member = app.member(owner.tenant, Role::Member).await;
    let bad = json!({ "email": member.email, "password": "no-es-la-que-era" });
    app.client.post("/api/auth/login", bad.clone()).await.problem(401, "invalid_credentials");
    owner.post(&format!("/api/team/{}/deactivate", member.user), json!({})).await.ok();
    app.advance(TimeDelta::seconds(1));
    app.client.post("/api/auth/login", bad).await.problem(401, "invalid_credentials");
    let _worker = app.another_with(Setup::with_worker).await;
    let told = entries(&app, owner.tenant).await;
    let failed: Vec<_> = told.iter().filter(|entry| entry.action == "login.failed").collect();
    assert_eq!(failed.len(), 1, "what came after is not the firm's business");
    assert_eq!(failed[0].resource_id, Some(member.user));
    assert_eq!(actions(&entries(&app, stranger.tenant).await), ["tenant.registered"]);
}
