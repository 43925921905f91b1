//! Security headers and what limits leave on each answer.

use crate::http::limits::Remaining;
use crate::http::spa;
use crate::state::AppState;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage as _, web};

const STATIC: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"),
];

/// The policy of the app's own pages. Trunk starts the bundle with an inline module, whose
/// hash is allowed; nothing else inline runs.
pub fn content_security_policy(script_hashes: &[String]) -> String {
    let hashes = script_hashes.iter().fold(String::new(), |all, hash| all + " '" + hash + "'");
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; \
         img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; frame-src blob:; \
         manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )
}

/// Swagger UI sets styles inline; scripts are as strict as elsewhere.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; \
     style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// API answers are data: nothing in them may run or be framed.
const API_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// Middleware: puts the headers on every answer.
pub async fn secure(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let https =
        req.app_data::<web::Data<AppState>>().is_some_and(|state| state.config.network.is_https());
    let path = req.path();
    let policy = if path.starts_with("/api/docs") {
        DOCS_POLICY
    } else if path.starts_with("/api") || path.starts_with("/health") {
        API_POLICY
    } else {
        spa::policy()
    };
    let mut response = next.call(req).await?;
    let remaining = response.request().extensions().get::<Remaining>().copied();
    let headers = response.headers_mut();
    for (name, value) in STATIC {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let csp = HeaderName::from_static("content-security-policy");
    // Files bring a stricter one.
    if !headers.contains_key(&csp) {
        headers.insert(csp, HeaderValue::from_static(policy));
    }
    if https {
        headers.insert(
            HeaderName::from_static("strict-transport-security"),
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
    if let Some(remaining) = remaining {
        for (name, value) in [
            ("ratelimit-limit", u64::from(remaining.limit)),
            ("ratelimit-remaining", u64::from(remaining.remaining)),
            ("ratelimit-reset", remaining.reset.as_secs()),
        ] {
            headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
        }
    }
    Ok(response)
}
