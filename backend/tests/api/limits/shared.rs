//! Limits counted in Redis, for all processes together; and what goes on without it.

use super::{assert_refused, exhaust};
use crate::support::relay::{Relay, fresh_url};
use crate::support::{Setup, TestApp, json};

redis_tests! {
    two_processes_count_together,
    two_processes_count_accounts_and_firms_together,
    without_redis_requests_go_on_and_health_says_so,
    a_server_starts_without_redis,
}

async fn two_processes_count_together(setup: Setup) {
    let app = setup.default_limits().set("REDIS_URL", &fresh_url().await).start().await;
    let other = app.another().await;
    let refused = exhaust(20, 20, async |number| {
        let app = if number % 2 == 0 { &app } else { &other };
        let reply = app.client.get("/api/products").await;
        if reply.status == 200 {
            assert_eq!(reply.header("ratelimit-limit"), "20");
            assert!(reply.header("ratelimit-remaining").parse::<u32>().unwrap() < 20);
        }
        reply
    });
    assert_refused(&refused.await, 20);
    for app in [&app, &other] {
        app.client.get("/api/products").await.problem(429, "rate_limited");
    }
    let health = app.client.get("/health").await.ok();
    assert_eq!((&health["status"], &health["checks"]["redis"]), (&json!("ok"), &json!("ok")));
}

async fn two_processes_count_accounts_and_firms_together(setup: Setup) {
    let app = setup.default_limits().set("REDIS_URL", &fresh_url().await).start().await;
    let other = app.another().await;
    let owner = app.owner().await;
    let elsewhere = other.client.bearer(&owner.token);
    let refused = exhaust(300, 50, async |number| {
        let client = if number % 2 == 0 { &owner.client } else { &elsewhere };
        client.get("/api/departments").await
    });
    assert_refused(&refused.await, 50);
}

/// Asks until the server is of that health.
async fn until_health(app: &TestApp, status: &str) {
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(30);
    loop {
        let health = app.client.get("/health").await.ok();
        if health["status"] == status {
            let redis = if status == "ok" { "ok" } else { "unavailable" };
            assert_eq!(health["checks"]["redis"], redis);
            assert_eq!(health["checks"]["database"], "ok");
            return;
        }
        assert!(tokio::time::Instant::now() < deadline, "{health}");
        tokio::task::yield_now().await;
    }
}

async fn without_redis_requests_go_on_and_health_says_so(setup: Setup) {
    let url = fresh_url().await;
    let relay = Relay::to(&url).await;
    let app = setup.default_limits().set("REDIS_URL", relay.url()).start().await;
    let owner = app.owner().await;
    until_health(&app, "ok").await;
    relay.cut();
    until_health(&app, "degraded").await;
    owner.get("/api/contacts").await.ok();
    owner.post("/api/corporations", json!({ "name": "ABC" })).await.created();
    let login = json!({ "email": owner.email, "password": crate::support::PASSWORD });
    app.client.post("/api/auth/login", login).await.ok();
    // Each process counts for itself meanwhile.
    let stranger = app.client.bearer("x.y.z");
    let refused = exhaust(20, 19, async |_| stranger.get("/api/contacts").await).await;
    assert_refused(&refused, 20);
    relay.restore();
    until_health(&app, "ok").await;
    owner.get("/api/contacts").await.ok();
}

async fn a_server_starts_without_redis(setup: Setup) {
    let relay = Relay::to(&fresh_url().await).await;
    relay.cut();
    let app = setup.set("REDIS_URL", relay.url()).start().await;
    until_health(&app, "degraded").await;
    app.owner().await.get("/api/contacts").await.ok();
    relay.restore();
    until_health(&app, "ok").await;
}
