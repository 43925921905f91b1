//! The database is lost, and comes back.

use crate::support::relay::Relay;
use crate::support::{Setup, TestApp};

redis_tests! { without_its_database_the_server_says_so_and_recovers }

async fn without_its_database_the_server_says_so_and_recovers(setup: Setup) {
    let whole: TestApp = setup.start().await;
    let owner = whole.owner().await;
    let relay = Relay::to(whole.database_url()).await;
    let app = whole.another_with(|setup| setup.set("DATABASE_URL", relay.url())).await;
    let client = app.client.bearer(&owner.token);
    client.get("/api/contacts").await.ok();
    relay.cut();
    let reply = client.get("/api/contacts").await;
    assert!(reply.header("retry-after").parse::<u32>().unwrap() >= 1);
    reply.problem(503, "unavailable");
    let health = app.client.get("/health").await.expect(503).json();
    assert_eq!(health["status"], "unavailable");
    assert_eq!(health["checks"]["database"], "unavailable");
    app.client.get("/health/live").await.ok();
    relay.restore();
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(30);
    while client.get("/api/contacts").await.status != 200 {
        assert!(tokio::time::Instant::now() < deadline, "it does not reconnect");
    }
    app.client.get("/health").await.ok();
}
