//! The refresh cookie: its attributes, and who may act on it.

use crate::support::fixtures::registration;
use crate::support::{Client, PASSWORD, Reply, Setup, TestApp, json};

db_tests! {
    a_browser_gets_the_token_in_a_cookie_that_scripts_cannot_read,
    the_cookie_is_secure_behind_https,
    a_page_of_ours_refreshes_by_cookie,
    a_page_of_somebody_else_does_not,
    listed_origins_and_firms_subdomains_are_ours,
    a_page_of_somebody_else_does_not_log_out,
    logging_out_removes_the_cookie,
}

/// Name and value of the cookie that an answer sets.
fn pair(reply: &Reply) -> String {
    reply.header("set-cookie").split(';').next().unwrap().to_owned()
}

fn attributes(reply: &Reply) -> Vec<String> {
    let mut parts: Vec<_> =
        reply.header("set-cookie").split(';').skip(1).map(|part| part.trim().to_owned()).collect();
    parts.sort();
    parts
}

/// A browser with the cookie, on a page of that origin.
fn page(app: &TestApp, cookie: &str, origin: &str) -> Client {
    app.client.with("Cookie", cookie).with("Origin", origin).with("X-Ebenezer-Client", "web")
}

async fn login(app: &TestApp) -> Reply {
    let mut body = registration("tax");
    body.as_object_mut().unwrap().remove("cookie");
    let registered = app.client.post("/api/auth/register", body.clone()).await.expect(201);
    assert!(registered.json().get("refresh_token").is_none());
    assert!(registered.headers.contains_key("set-cookie"));
    let login = json!({ "email": body["email"], "password": PASSWORD });
    app.client.post("/api/auth/login", login).await.expect(200)
}

async fn a_browser_gets_the_token_in_a_cookie_that_scripts_cannot_read(app: TestApp) {
    let reply = login(&app).await;
    assert!(reply.json().get("refresh_token").is_none());
    assert!(pair(&reply).starts_with("ebenezer_refresh="));
    assert_eq!(
        attributes(&reply),
        ["HttpOnly", "Max-Age=604800", "Path=/api/auth", "SameSite=Strict"]
    );
}

async fn the_cookie_is_secure_behind_https(setup: Setup) {
    let setup = setup.set("DEBUG", "false").set("PUBLIC_URL", "https://app.ebenezer.test");
    let mut app = setup.start().await;
    app.client = app.client.with("Host", "app.ebenezer.test");
    let reply = login(&app).await;
    assert!(attributes(&reply).contains(&"Secure".to_owned()));
    // In production the Host header proves nothing: the scheme counts.
    let plain = page(&app, &pair(&reply), "http://app.ebenezer.test");
    plain.post("/api/auth/refresh", json!({})).await.problem(403, "origin_not_allowed");
    let own = page(&app, &pair(&reply), "https://app.ebenezer.test");
    own.post("/api/auth/refresh", json!({})).await.ok();
}

async fn a_page_of_ours_refreshes_by_cookie(app: TestApp) {
    let first = login(&app).await;
    let reply = page(&app, &pair(&first), &app.origin())
        .post("/api/auth/refresh", json!({}))
        .await
        .expect(200);
    let answer = reply.json();
    assert!(answer.get("refresh_token").is_none());
    assert_ne!(pair(&reply), pair(&first));
    assert!(attributes(&reply).contains(&"HttpOnly".to_owned()));
    app.member_of(&answer).get("/api/contacts").await.ok();
}

async fn a_page_of_somebody_else_does_not(app: TestApp) {
    let cookie = pair(&login(&app).await);
    let own = app.origin();
    let with_cookie = app.client.with("Cookie", &cookie);
    let refused = [
        with_cookie.clone(),
        with_cookie.with("Origin", &own),
        with_cookie.with("X-Ebenezer-Client", "web"),
        page(&app, &cookie, "https://evil.test"),
        page(&app, &cookie, "null"),
        page(&app, &cookie, &format!("{own}.evil.test")),
        page(&app, &cookie, "http://127.0.0.1:1"),
    ];
    for client in refused {
        let reply = client.post("/api/auth/refresh", json!({})).await;
        assert!(!reply.headers.contains_key("set-cookie"));
        reply.problem(403, "origin_not_allowed");
    }
    page(&app, &cookie, &own).post("/api/auth/refresh", json!({})).await.ok();
}

async fn listed_origins_and_firms_subdomains_are_ours(setup: Setup) {
    let app = setup
        .set("CORS_ALLOWED_ORIGINS", "https://static.host.test")
        .set("PUBLIC_URL", "http://app.ebenezer.test")
        .set("BASE_DOMAIN", "ebenezer.test")
        .start()
        .await;
    let origins =
        ["https://static.host.test", "http://app.ebenezer.test", "http://firma.ebenezer.test"];
    for origin in origins {
        let cookie = pair(&login(&app).await);
        page(&app, &cookie, origin).post("/api/auth/refresh", json!({})).await.ok();
    }
    for origin in ["https://firma.ebenezer.test", "http://ebenezer.test.evil.test"] {
        let cookie = pair(&login(&app).await);
        let reply = page(&app, &cookie, origin).post("/api/auth/refresh", json!({})).await;
        reply.problem(403, "origin_not_allowed");
    }
}

async fn a_page_of_somebody_else_does_not_log_out(app: TestApp) {
    let cookie = pair(&login(&app).await);
    let evil = page(&app, &cookie, "https://evil.test");
    evil.post("/api/auth/logout", json!({})).await.problem(403, "origin_not_allowed");
    page(&app, &cookie, &app.origin()).post("/api/auth/refresh", json!({})).await.ok();
}

async fn logging_out_removes_the_cookie(app: TestApp) {
    let login = login(&app).await;
    let own = page(&app, &pair(&login), &app.origin());
    let reply = own.post("/api/auth/logout", json!({})).await.expect(204);
    assert_eq!(pair(&reply), "ebenezer_refresh=");
    assert_eq!(attributes(&reply), ["HttpOnly", "Max-Age=0", "Path=/api/auth", "SameSite=Strict"]);
    own.post("/api/auth/refresh", json!({})).await.problem(401, "session_expired");
    let member = app.member_of(&login.json());
    member.get("/api/auth/me").await.problem(401, "session_expired");
}
