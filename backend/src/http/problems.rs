//! What answers when no route does.

use crate::error::ApiError;
use crate::http::request::RequestInfo;
use actix_web::{HttpRequest, HttpResponse};
use ebenezer_shared::problem::ProblemCode;

/// 404
pub async fn not_found(req: HttpRequest) -> HttpResponse {
    ApiError::from(ProblemCode::NotFound).respond(&RequestInfo::of(&req))
}

/// 405
pub async fn method_not_allowed(req: HttpRequest) -> HttpResponse {
    ApiError::from(ProblemCode::MethodNotAllowed).respond(&RequestInfo::of(&req))
}
