//! What answers when no route does.

use crate::error::ApiError;
use crate::http::request::RequestInfo;
use actix_cors::CorsError;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, HttpResponse};
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

/// A page of somebody else is refused as a problem, as everything is: what the CORS
/// middleware says by itself is plain text.
pub async fn of_cors(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let refused =
        response.response().error().is_some_and(|error| error.as_error::<CorsError>().is_some());
    if !refused {
        return Ok(response);
    }
    let problem =
        ApiError::from(ProblemCode::OriginNotAllowed).respond(&RequestInfo::of(response.request()));
    Ok(response.into_response(problem))
}
