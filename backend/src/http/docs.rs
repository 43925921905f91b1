//! Swagger UI, the OpenAPI document, and what the problem codes mean.

use crate::error::ApiError;
use crate::http::request::RequestInfo;
use crate::routes;
use actix_web::{HttpRequest, HttpResponse, web};
use ebenezer_shared::problem::ProblemCode;
use std::fmt::Write as _;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Serves `/api/openapi.json`, `/api/docs/` and `/docs/problems`, without the network.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .route("/api/openapi.json", web::get().to(document))
        .route("/api/docs", web::get().to(to_docs))
        .route("/docs/problems", web::get().to(problems))
        .service(SwaggerUi::new("/api/docs/{_:.*}").config(Config::from("/api/openapi.json")));
}

async fn document(req: HttpRequest) -> HttpResponse {
    match routes::document() {
        Ok(text) => HttpResponse::Ok()
            .insert_header(("Cache-Control", "no-cache"))
            .content_type("application/json")
            .body(text),
        Err(error) => ApiError::from(error).respond(&RequestInfo::of(&req)),
    }
}

async fn to_docs() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header(("Location", "/api/docs/")).finish()
}

/// The page that `type` of a problem points to: each code with its status and meaning.
async fn problems(req: HttpRequest) -> HttpResponse {
    let locale = RequestInfo::of(&req).locale;
    let mut html = format!(
        "<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Ebenezer</title><dl>",
        locale.tag()
    );
    for code in ProblemCode::ALL {
        let _ = write!(
            html,
            "<dt id=\"{0}\"><code>{0}</code> ({1})<dd>{2}. {3}",
            code.as_str(),
            code.status(),
            code.title().get(locale),
            code.detail().get(locale)
        );
    }
    html.push_str("</dl></html>");
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html)
}
