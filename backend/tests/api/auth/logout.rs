//! `POST /api/auth/logout`

use crate::support::{TestApp, json};

db_tests! {
    the_bearer_token_ends_its_session_and_no_other,
    the_refresh_token_ends_its_session,
    no_body_is_needed,
    logging_out_twice_or_without_a_session_is_no_error,
}

async fn the_bearer_token_ends_its_session_and_no_other(app: TestApp) {
    let owner = app.owner().await;
    let user = ebenezer::platform::user::by_id(&app.db, owner.user).await.unwrap().unwrap();
    let elsewhere = app.session(&user, owner.tenant).await;
    owner.post("/api/auth/logout", json!({})).await.no_content();
    owner.get("/api/auth/me").await.problem(401, "session_expired");
    let token = json!({ "refresh_token": owner.refresh_token });
    app.client.post("/api/auth/refresh", token).await.problem(401, "session_expired");
    elsewhere.get("/api/auth/me").await.ok();
    let entries = app.activities("logout").await;
    assert_eq!(entries.len(), 1);
    assert_eq!((entries[0].user_id, entries[0].tenant_id), (Some(owner.user), Some(owner.tenant)));
}

async fn the_refresh_token_ends_its_session(app: TestApp) {
    let owner = app.owner().await;
    let token = json!({ "refresh_token": owner.refresh_token });
    app.client.post("/api/auth/logout", token).await.no_content();
    owner.get("/api/auth/me").await.problem(401, "session_expired");
}

async fn logging_out_twice_or_without_a_session_is_no_error(app: TestApp) {
    let owner = app.owner().await;
    for _ in 0..2 {
        owner.post("/api/auth/logout", json!({})).await.no_content();
    }
    app.client.post("/api/auth/logout", json!({})).await.no_content();
    let unknown = json!({ "refresh_token": "nothing" });
    app.client.post("/api/auth/logout", unknown).await.no_content();
    assert_eq!(app.activities("logout").await.len(), 1);
}

async fn no_body_is_needed(app: TestApp) {
    let owner = app.owner().await;
    owner.raw(reqwest::Method::POST, "/api/auth/logout", Vec::new()).await.no_content();
    owner.get("/api/auth/me").await.problem(401, "session_expired");
}
