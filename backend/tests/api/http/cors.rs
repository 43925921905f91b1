//! An app hosted elsewhere is listed, or its pages learn nothing.

use crate::support::{Client, Reply, Setup, TestApp};
use reqwest::Method;

db_tests! {
    a_listed_origin_may_ask,
    a_preflight_of_a_listed_origin_is_granted,
    other_origins_are_told_nothing,
    a_refused_preflight_is_a_problem,
    without_a_list_nobody_else_may_ask,
}

const LISTED: &str = "https://static.host.test";

async fn start(setup: Setup) -> TestApp {
    setup.set("CORS_ALLOWED_ORIGINS", &format!("{LISTED}, https://second.test")).start().await
}

fn allowed(reply: &Reply) -> Option<&str> {
    reply.headers.get("access-control-allow-origin").map(|value| value.to_str().unwrap())
}

async fn preflight(client: &Client, origin: &str, method: &str, headers: &str) -> Reply {
    client
        .with("Origin", origin)
        .with("Access-Control-Request-Method", method)
        .with("Access-Control-Request-Headers", headers)
        .raw(Method::OPTIONS, "/api/contacts", Vec::new())
        .await
}

async fn a_listed_origin_may_ask(setup: Setup) {
    let app = start(setup).await;
    let owner = app.owner().await;
    for origin in [LISTED, "https://second.test"] {
        let reply = owner.with("Origin", origin).get("/api/contacts").await.expect(200);
        assert_eq!(allowed(&reply), Some(origin));
        assert_eq!(reply.header("access-control-allow-credentials"), "true");
        assert!(reply.header("vary").contains("Origin"));
        let exposed = reply.header("access-control-expose-headers").to_lowercase();
        for name in ["etag", "location", "retry-after", "x-request-id"] {
            assert!(exposed.contains(name), "{exposed}");
        }
    }
    // Refusals can be read too.
    let refused = app.client.with("Origin", LISTED).get("/api/contacts").await;
    assert_eq!(allowed(&refused), Some(LISTED));
    refused.problem(401, "authentication_required");
}

async fn a_preflight_of_a_listed_origin_is_granted(setup: Setup) {
    let app = start(setup).await;
    let headers = "authorization, content-type, if-match, idempotency-key, x-organization-id, \
        x-ebenezer-client, accept-language";
    for method in ["GET", "POST", "PATCH", "DELETE"] {
        let reply = preflight(&app.client, LISTED, method, headers).await;
        assert!([200, 204].contains(&reply.status), "{}", reply.text);
        assert_eq!(allowed(&reply), Some(LISTED));
        assert!(reply.header("access-control-allow-methods").contains(method));
        let granted = reply.header("access-control-allow-headers").to_lowercase();
        for name in headers.split(',') {
            assert!(granted.contains(name.trim()), "{name}: {granted}");
        }
    }
}

async fn other_origins_are_told_nothing(setup: Setup) {
    let app = start(setup).await;
    let owner = app.owner().await;
    for origin in [
        "https://evil.test",
        "https://static.host.test.evil.test",
        "http://static.host.test",
        "https://static.host.test:8443",
        "null",
    ] {
        let reply = owner.with("Origin", origin).get("/api/contacts").await;
        assert_eq!(allowed(&reply), None, "{origin}");
        let reply = preflight(&app.client, origin, "POST", "authorization").await;
        assert_eq!(allowed(&reply), None, "{origin}");
    }
    let reply = preflight(&app.client, LISTED, "POST", "x-anything").await;
    assert!(reply.status >= 400 || allowed(&reply).is_none(), "{:?}", reply.headers);
}

async fn without_a_list_nobody_else_may_ask(app: TestApp) {
    let owner = app.owner().await;
    let reply = owner.with("Origin", LISTED).get("/api/contacts").await;
    assert_eq!(allowed(&reply), None);
    let reply = preflight(&app.client, LISTED, "POST", "authorization").await;
    assert_eq!(allowed(&reply), None);
}

async fn a_refused_preflight_is_a_problem(setup: Setup) {
    let app = start(setup).await;
    let reply = preflight(&app.client, "https://else.test", "GET", "authorization").await;
    reply.problem(403, "origin_not_allowed");
}
