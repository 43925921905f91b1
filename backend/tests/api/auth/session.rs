//! How long tokens and sessions last.

use crate::support::{TestApp, json};
use chrono::TimeDelta;

db_tests! {
    an_access_token_is_good_for_fifteen_minutes,
    half_an_hour_without_activity_ends_the_session,
    refreshing_is_no_activity,
    activity_keeps_the_session_alive,
    seven_days_end_it_regardless,
}

async fn an_access_token_is_good_for_fifteen_minutes(app: TestApp) {
    let owner = app.owner().await;
    app.advance(TimeDelta::minutes(14));
    owner.get("/api/auth/me").await.ok();
    app.advance(TimeDelta::minutes(1));
    let reply = owner.get("/api/auth/me").await;
    assert_eq!(reply.header("www-authenticate"), "Bearer");
    reply.problem(401, "authentication_required");
    // The session itself goes on.
    let token = json!({ "refresh_token": owner.refresh_token });
    app.client.post("/api/auth/refresh", token).await.ok();
}

async fn half_an_hour_without_activity_ends_the_session(app: TestApp) {
    let owner = app.owner().await;
    app.advance(TimeDelta::minutes(31));
    let token = json!({ "refresh_token": owner.refresh_token });
    app.client.post("/api/auth/refresh", token).await.problem(401, "session_expired");
}

async fn refreshing_is_no_activity(app: TestApp) {
    let owner = app.owner().await;
    let mut token = owner.refresh_token.clone();
    let mut last = owner.clone();
    for _ in 0..2 {
        app.advance(TimeDelta::minutes(14));
        let body = json!({ "refresh_token": token });
        let answer = app.client.post("/api/auth/refresh", body).await.ok();
        last = app.member_of(&answer);
        token = last.refresh_token.clone();
    }
    app.advance(TimeDelta::minutes(3));
    // The access token alone would be good for another twelve minutes.
    last.get("/api/auth/me").await.problem(401, "session_expired");
    let body = json!({ "refresh_token": token });
    app.client.post("/api/auth/refresh", body).await.problem(401, "session_expired");
}

async fn activity_keeps_the_session_alive(app: TestApp) {
    let mut member = app.owner().await;
    for _ in 0..6 {
        app.advance(TimeDelta::minutes(14));
        member.get("/api/contacts").await.ok();
        let body = json!({ "refresh_token": member.refresh_token });
        member = app.member_of(&app.client.post("/api/auth/refresh", body).await.ok());
    }
    member.get("/api/contacts").await.ok();
}

async fn seven_days_end_it_regardless(app: TestApp) {
    let owner = app.owner().await;
    app.advance(TimeDelta::days(7) - TimeDelta::minutes(20));
    // Somebody was at work all week.
    app.set_last_activity(owner.session).await;
    let body = json!({ "refresh_token": owner.refresh_token });
    let answer = app.client.post("/api/auth/refresh", body).await.ok();
    let member = app.member_of(&answer);
    app.advance(TimeDelta::minutes(10));
    member.get("/api/contacts").await.ok();
    let body = json!({ "refresh_token": member.refresh_token });
    let member = app.member_of(&app.client.post("/api/auth/refresh", body).await.ok());
    app.advance(TimeDelta::minutes(11));
    member.get("/api/contacts").await.problem(401, "session_expired");
    let body = json!({ "refresh_token": member.refresh_token });
    app.client.post("/api/auth/refresh", body).await.problem(401, "session_expired");
}
