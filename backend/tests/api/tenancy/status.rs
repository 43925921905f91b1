//! Paused, suspended, cancelled and expired firms.

use crate::support::fixtures::id;
use crate::support::{Member, Reply, TestApp, asking_for, json};
use chrono::TimeDelta;
use ebenezer::platform::tenant::Status;

db_tests! {
    a_paused_firm_reads_and_does_not_write,
    a_closed_firm_neither_reads_nor_writes,
    platform_staff_work_in_closed_firms,
    an_expired_firm_pauses_after_seven_days_of_grace,
    a_firm_without_end_does_not_expire,
}

async fn contact(owner: &Member) -> String {
    let names = json!({ "first_name": "Rosa", "last_name": "Mora", "ssn": "123-45-6789" });
    let contact = owner.post("/api/contacts", names).await.created();
    format!("/api/contacts/{}", id(&contact))
}

/// Every kind of write.
async fn writes(member: &Member, path: &str) -> Vec<Reply> {
    let names = json!({ "first_name": "Luz", "last_name": "Mora" });
    vec![
        member.post("/api/contacts", names).await,
        member.patch(path, json!({ "notes": "x" })).await,
        member.delete(path).await,
        member.post("/api/corporations", json!({ "name": "ABC" })).await,
        member.post("/api/departments", json!({ "name": "Nómina", "code": "NOM" })).await,
    ]
}

async fn a_paused_firm_reads_and_does_not_write(app: TestApp) {
    let owner = app.owner().await;
    let path = contact(&owner).await;
    app.change_tenant(owner.tenant, |tenant| tenant.status = Status::Paused).await;
    let before = app.counts().await;
    for reply in writes(&owner, &path).await {
        reply.problem(403, "tenant_paused");
    }
    assert_eq!(app.counts().await, before);
    owner.get(&path).await.ok();
    owner.get("/api/contacts").await.ok();
    let revealed = owner.post(&format!("{path}/reveal"), asking_for("ssn")).await.ok();
    assert_eq!(revealed["value"], "123-45-6789");
    assert_eq!(owner.get("/api/auth/me").await.ok()["tenant"]["status"], "paused");
    // One's own account is no business of the firm's.
    let token = json!({ "refresh_token": owner.refresh_token });
    app.client.post("/api/auth/refresh", token).await.ok();
    app.change_tenant(owner.tenant, |tenant| tenant.status = Status::Active).await;
    owner.patch(&path, json!({ "notes": "x" })).await.ok();
}

async fn a_closed_firm_neither_reads_nor_writes(app: TestApp) {
    for (status, code) in
        [(Status::Suspended, "tenant_suspended"), (Status::Cancelled, "tenant_cancelled")]
    {
        let owner = app.owner().await;
        let path = contact(&owner).await;
        app.change_tenant(owner.tenant, |tenant| tenant.status = status).await;
        for reply in writes(&owner, &path).await {
            reply.problem(403, code);
        }
        owner.get(&path).await.problem(403, code);
        owner.get("/api/contacts").await.problem(403, code);
        let reveal = owner.post(&format!("{path}/reveal"), asking_for("ssn")).await;
        reveal.problem(403, code);
        // Where one stands and how to leave is told.
        let me = owner.get("/api/auth/me").await.ok();
        assert_eq!(format!("tenant_{}", me["tenant"]["status"].as_str().unwrap()), code);
        owner.post("/api/auth/logout", json!({})).await.no_content();
    }
}

async fn platform_staff_work_in_closed_firms(app: TestApp) {
    let owner = app.owner().await;
    let path = contact(&owner).await;
    app.change_user(owner.user, |user| user.is_staff = true).await;
    for status in [Status::Suspended, Status::Cancelled] {
        app.change_tenant(owner.tenant, |tenant| tenant.status = status).await;
        owner.get(&path).await.ok();
        owner.patch(&path, json!({ "notes": "x" })).await.ok();
    }
}

async fn an_expired_firm_pauses_after_seven_days_of_grace(app: TestApp) {
    let owner = app.owner().await;
    let path = contact(&owner).await;
    let end = app.clock.now() - TimeDelta::days(7) + TimeDelta::minutes(5);
    app.change_tenant(owner.tenant, |tenant| tenant.expires_at = Some(end)).await;
    owner.patch(&path, json!({ "notes": "in grace" })).await.ok();
    app.advance(TimeDelta::minutes(6));
    owner.patch(&path, json!({ "notes": "late" })).await.problem(403, "tenant_paused");
    assert_eq!(owner.get(&path).await.ok()["notes"], "in grace");
    assert_eq!(owner.get("/api/auth/me").await.ok()["tenant"]["status"], "paused");
    // Paid again.
    let next_year = app.clock.now() + TimeDelta::days(365);
    app.change_tenant(owner.tenant, |tenant| tenant.expires_at = Some(next_year)).await;
    owner.patch(&path, json!({ "notes": "on time" })).await.ok();
}

async fn a_firm_without_end_does_not_expire(app: TestApp) {
    let owner = app.owner().await;
    let path = contact(&owner).await;
    app.advance(TimeDelta::days(3650));
    let user = ebenezer::platform::user::by_id(&app.db, owner.user).await.unwrap().unwrap();
    let later = app.session(&user, owner.tenant).await;
    later.patch(&path, json!({ "notes": "ten years on" })).await.ok();
}
