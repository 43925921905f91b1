//! Security headers, caching, compression.

use crate::support::{Reply, Setup, TestApp, json};

db_tests! {
    every_answer_carries_the_security_headers,
    answers_of_the_api_may_do_nothing,
    pages_run_no_inline_script,
    https_is_remembered_for_a_year,
    answers_of_the_api_are_not_kept,
    large_answers_are_compressed,
}

async fn everything(app: &TestApp) -> Vec<(&'static str, Reply)> {
    let owner = app.owner().await;
    let mut replies = Vec::new();
    for path in [
        "/",
        "/clientes",
        "/api/contacts",
        "/api/contacts/x",
        "/api/nothing",
        "/api/openapi.json",
        "/api/docs",
        "/api/docs/",
        "/api/products",
        "/health",
        "/health/live",
        "/docs/problems",
        "/no/such.js",
    ] {
        replies.push((path, owner.get(path).await));
        replies.push((path, app.client.get(path).await));
    }
    replies.push(("created", owner.post("/api/corporations", json!({ "name": "ABC" })).await));
    replies.push(("refused", owner.post("/api/corporations", json!({})).await));
    replies.push(("wrong method", owner.delete("/api/corporations").await));
    let host = app.client.with("X-Organization-ID", "x").bearer("x");
    replies.push(("bad header", host.get("/api/contacts").await));
    replies
}

async fn every_answer_carries_the_security_headers(app: TestApp) {
    for (path, reply) in everything(&app).await {
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(reply.header(name), value, "{path}");
        }
        assert!(!reply.header("permissions-policy").is_empty());
        assert!(!reply.headers.contains_key("strict-transport-security"), "{path}: not over http");
        assert!(
            !reply.headers.contains_key("server") && !reply.headers.contains_key("x-powered-by")
        );
        assert!(!reply.header("x-request-id").is_empty());
    }
}

/// The sources that a policy allows for a kind of content.
fn sources<'p>(policy: &'p str, directive: &str) -> Option<Vec<&'p str>> {
    policy.split(';').find_map(|part| {
        let mut words = part.split_whitespace();
        (words.next() == Some(directive)).then(|| words.collect())
    })
}

async fn answers_of_the_api_may_do_nothing(app: TestApp) {
    for (path, reply) in everything(&app).await {
        if path.starts_with("/api/docs")
            || !path.starts_with("/api") && !path.starts_with("/health")
        {
            continue;
        }
        let policy = reply.header("content-security-policy");
        assert_eq!(policy, "default-src 'none'; frame-ancestors 'none'", "{path}");
    }
}

async fn pages_run_no_inline_script(app: TestApp) {
    for (path, reply) in everything(&app).await {
        let policy = reply.header("content-security-policy");
        assert_eq!(sources(policy, "default-src").unwrap(), ["'none'"], "{path}");
        assert_eq!(sources(policy, "frame-ancestors").unwrap(), ["'none'"], "{path}");
        let scripts = sources(policy, "script-src").unwrap_or_default();
        let trusted = scripts.iter().all(|source| {
            ["'self'", "'wasm-unsafe-eval'"].contains(source) || source.starts_with("'sha256-")
        });
        assert!(trusted, "{path}: {scripts:?}");
    }
    let page = app.client.get("/").await;
    let policy = page.header("content-security-policy");
    assert!(sources(policy, "script-src").unwrap().contains(&"'wasm-unsafe-eval'"));
    assert_eq!(sources(policy, "style-src").unwrap(), ["'self'"]);
    assert_eq!(sources(policy, "object-src"), None, "none, by default");
}

async fn https_is_remembered_for_a_year(setup: Setup) {
    let app = setup.set("PUBLIC_URL", "https://app.ebenezer.test").start().await;
    for (path, reply) in everything(&app).await {
        let remembered = reply.header("strict-transport-security");
        assert_eq!(remembered, "max-age=31536000; includeSubDomains", "{path}");
    }
}

async fn answers_of_the_api_are_not_kept(app: TestApp) {
    for (path, reply) in everything(&app).await {
        let kept =
            ["/api/openapi.json", "/api/docs/", "/api/docs", "/", "/clientes", "/docs/problems"];
        if !kept.contains(&path) {
            assert_eq!(reply.header("cache-control"), "no-store", "{path}");
        }
    }
}

async fn large_answers_are_compressed(app: TestApp) {
    let owner = app.owner().await;
    for number in 0..10 {
        owner.corporation(&format!("Sociedad {number}")).await;
    }
    for (accepted, coding) in [("br", "br"), ("gzip", "gzip"), ("gzip, br", "br")] {
        let client = owner.with("Accept-Encoding", accepted);
        let reply = client.bytes("/api/corporations").await;
        assert_eq!(reply.headers["content-encoding"], coding);
        assert!(reply.headers["vary"].to_str().unwrap().to_lowercase().contains("accept-encoding"));
        assert!(!reply.body.starts_with(b"{"));
    }
    let plain = owner.bytes("/api/corporations").await;
    assert!(!plain.headers.contains_key("content-encoding"));
    assert!(plain.body.starts_with(b"{"));
}
