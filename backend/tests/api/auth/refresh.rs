//! `POST /api/auth/refresh` with the token in the body.

use crate::support::{Reply, TestApp, Value, json};
use chrono::TimeDelta;

db_tests! {
    a_refresh_token_is_exchanged_for_the_next,
    the_direct_predecessor_is_good_for_ten_seconds,
    a_predecessor_after_ten_seconds_ends_the_session,
    an_older_token_ends_the_session_at_once,
    two_tabs_at_once_both_go_on,
    unknown_and_missing_tokens_are_refused,
    an_inactive_user_is_refused,
    a_session_is_refreshed_in_the_firm_it_is_in,
}

async fn refresh(app: &TestApp, token: &str) -> Reply {
    app.client.post("/api/auth/refresh", json!({ "refresh_token": token })).await
}

fn next(answer: &Value) -> String {
    answer["refresh_token"].as_str().unwrap().to_owned()
}

async fn a_refresh_token_is_exchanged_for_the_next(app: TestApp) {
    let owner = app.owner().await;
    let reply = refresh(&app, &owner.refresh_token).await.expect(200);
    assert!(!reply.headers.contains_key("set-cookie"), "the caller keeps it in the body");
    let answer = reply.json();
    assert_eq!(answer["user"]["email"], owner.email);
    assert_eq!(answer["tenant"]["id"], owner.tenant.to_string());
    assert_ne!(next(&answer), owner.refresh_token);
    let again = app.member_of(&answer);
    assert_eq!(again.session, owner.session);
    again.get("/api/contacts").await.ok();
    refresh(&app, &next(&answer)).await.ok();
}

async fn the_direct_predecessor_is_good_for_ten_seconds(app: TestApp) {
    let owner = app.owner().await;
    let first = next(&refresh(&app, &owner.refresh_token).await.ok());
    app.advance(TimeDelta::seconds(6));
    let second = next(&refresh(&app, &owner.refresh_token).await.ok());
    assert_ne!(first, second);
    refresh(&app, &second).await.ok();
    owner.get("/api/contacts").await.ok();
}

async fn a_predecessor_after_ten_seconds_ends_the_session(app: TestApp) {
    let owner = app.owner().await;
    let present = next(&refresh(&app, &owner.refresh_token).await.ok());
    app.advance(TimeDelta::seconds(11));
    refresh(&app, &owner.refresh_token).await.problem(401, "session_expired");
    refresh(&app, &present).await.problem(401, "session_expired");
    owner.get("/api/contacts").await.problem(401, "session_expired");
    let told = app.activities("session.refresh_token_reused").await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].user_id, Some(owner.user));
}

async fn an_older_token_ends_the_session_at_once(app: TestApp) {
    let owner = app.owner().await;
    let other = app.owner().await;
    let second = next(&refresh(&app, &owner.refresh_token).await.ok());
    let third = next(&refresh(&app, &second).await.ok());
    refresh(&app, &owner.refresh_token).await.problem(401, "session_expired");
    refresh(&app, &third).await.problem(401, "session_expired");
    owner.get("/api/auth/me").await.problem(401, "session_expired");
    other.get("/api/auth/me").await.ok();
}

async fn two_tabs_at_once_both_go_on(app: TestApp) {
    let owner = app.owner().await;
    let (a, b) =
        tokio::join!(refresh(&app, &owner.refresh_token), refresh(&app, &owner.refresh_token));
    let (a, b) = (a.ok(), b.ok());
    app.member_of(&a).get("/api/contacts").await.ok();
    app.member_of(&b).get("/api/contacts").await.ok();
    refresh(&app, &next(&a)).await.ok();
    refresh(&app, &next(&b)).await.ok();
}

async fn unknown_and_missing_tokens_are_refused(app: TestApp) {
    for token in ["nothing", "", "x\u{0}y", &"x".repeat(43)] {
        let reply = refresh(&app, token).await;
        if token.contains('\u{0}') {
            reply.invalid("refresh_token", "control_characters");
        } else {
            reply.problem(401, "session_expired");
        }
    }
    let none = app.client.post("/api/auth/refresh", json!({})).await;
    assert_eq!(none.header("www-authenticate"), "Bearer");
    none.problem(401, "authentication_required");
}

async fn an_inactive_user_is_refused(app: TestApp) {
    let owner = app.owner().await;
    app.change_user(owner.user, |user| user.is_active = false).await;
    refresh(&app, &owner.refresh_token).await.problem(401, "session_expired");
}

async fn a_session_is_refreshed_in_the_firm_it_is_in(app: TestApp) {
    let (owner, other) = (app.owner().await, app.owner().await);
    let user = ebenezer::platform::user::by_id(&app.db, owner.user).await.unwrap().unwrap();
    app.join(other.tenant, &user, ebenezer_shared::permission::Role::Viewer).await;
    owner.post("/api/auth/switch", json!({ "tenant_id": other.tenant })).await.ok();
    let answer = refresh(&app, &owner.refresh_token).await.ok();
    assert_eq!(answer["tenant"]["id"], other.tenant.to_string());
    // No longer a member there: the session goes on, in no firm.
    app.end_membership(owner.user, other.tenant).await;
    let answer = refresh(&app, &next(&answer)).await.ok();
    assert_eq!(answer["tenant"], Value::Null);
    assert_eq!(answer["tenants"].as_array().unwrap().len(), 1);
    let member = app.member_of(&answer);
    let back = member.post("/api/auth/switch", json!({ "tenant_id": owner.tenant })).await.ok();
    app.member_of(&back).get("/api/contacts").await.ok();
}
