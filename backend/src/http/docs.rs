//! Swagger UI and the `OpenAPI` document.

use crate::routes;
use actix_web::{HttpResponse, web};
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Serves `/api/openapi.json` and `/api/docs/`, without the network.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .route("/api/openapi.json", web::get().to(document))
        .route("/api/docs", web::get().to(to_docs))
        .service(SwaggerUi::new("/api/docs/{_:.*}").config(Config::from("/api/openapi.json")));
}

async fn document() -> HttpResponse {
    HttpResponse::Ok().insert_header(("Cache-Control", "no-cache")).json(routes::document())
}

async fn to_docs() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header(("Location", "/api/docs/")).finish()
}
