//! Whether the server lives, can serve, and what ails it.

use crate::state::AppState;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use std::time::Duration;

#[derive(Serialize)]
struct Health {
    status: &'static str,
    checks: Checks,
}

#[derive(Serialize)]
struct Checks {
    database: &'static str,
    redis: &'static str,
    storage: &'static str,
}

/// `/health/live`: the process answers.
async fn live() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("Cache-Control", "no-store"))
        .json(serde_json::json!({ "status": "ok" }))
}

/// `/health` and `/health/ready`: 200 `ok`, 200 `degraded` when Redis is configured and
/// away, 503 `unavailable` without database or storage.
async fn ready(state: web::Data<AppState>) -> HttpResponse {
    let database = tokio::time::timeout(Duration::from_secs(2), state.planes.platform().ping())
        .await
        .is_ok_and(|answer| answer.is_ok());
    let redis = state.limiter.redis_health().await;
    let storage = state.storage.check().await.is_ok();
    let word = |good| if good { "ok" } else { "unavailable" };
    let status = match (database && storage, redis) {
        (false, _) => "unavailable",
        (true, Some(false)) => "degraded",
        _ => "ok",
    };
    let code = if database && storage { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    HttpResponse::build(code).insert_header(("Cache-Control", "no-store")).json(Health {
        status,
        checks: Checks {
            database: word(database),
            redis: redis.map_or("not_configured", word),
            storage: word(storage),
        },
    })
}

pub fn configure(config: &mut web::ServiceConfig) {
    config
        .route("/health", web::get().to(ready))
        .route("/health", web::head().to(ready))
        .route("/health/ready", web::get().to(ready))
        .route("/health/ready", web::head().to(ready))
        .route("/health/live", web::get().to(live))
        .route("/health/live", web::head().to(live));
}
