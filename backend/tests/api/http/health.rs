//! `/health`, `/health/live`, `/health/ready`

use crate::support::{TestApp, json};

db_tests! {
    a_whole_server_is_healthy,
    without_storage_it_is_unavailable,
    health_is_not_limited,
}

async fn a_whole_server_is_healthy(app: TestApp) {
    for path in ["/health", "/health/ready"] {
        let reply = app.client.get(path).await;
        assert_eq!(reply.header("cache-control"), "no-store");
        assert_eq!(
            reply.ok(),
            json!({
                "status": "ok",
                "checks": { "database": "ok", "redis": "not_configured", "storage": "ok" },
            })
        );
    }
    assert_eq!(app.client.get("/health/live").await.ok(), json!({ "status": "ok" }));
}

async fn without_storage_it_is_unavailable(app: TestApp) {
    let hidden = app.folder().with_extension("away");
    std::fs::rename(app.folder(), &hidden).unwrap();
    let reply = app.client.get("/health").await;
    let live = app.client.get("/health/live").await;
    std::fs::rename(&hidden, app.folder()).unwrap();
    let health = reply.expect(503).json();
    assert_eq!(health["status"], "unavailable");
    assert_eq!(health["checks"]["storage"], "unavailable");
    assert_eq!(live.ok(), json!({ "status": "ok" }));
    assert_eq!(app.client.get("/health").await.ok()["status"], "ok");
}

async fn health_is_not_limited(setup: crate::support::Setup) {
    let app = setup.default_limits().start().await;
    for _ in 0..40 {
        app.client.get("/health/live").await.ok();
        app.client.get("/health").await.ok();
    }
}
