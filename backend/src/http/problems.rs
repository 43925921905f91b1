//! What answers when no route does.

use crate::error::ApiError;
use crate::http::request::RequestInfo;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use ebenezer_shared::problem::ProblemCode;

/// 404
pub async fn not_found(req: HttpRequest) -> HttpResponse {
    ApiError::from(ProblemCode::NotFound).respond(&RequestInfo::of(&req))
}

/// 405, with the methods that there are (RFC 9110, 15.5.6).
pub fn method_not_allowed(req: &HttpRequest, allowed: &str) -> HttpResponse {
    let error = ApiError::from(ProblemCode::MethodNotAllowed);
    let mut response = error.respond(&RequestInfo::of(req));
    if let Ok(value) = HeaderValue::from_str(allowed) {
        response.headers_mut().insert(header::ALLOW, value);
    }
    response
}
