//! Which `Host` headers are answered.
//!
//! Links in mails and redirects are made from the configuration, never from the header;
//! refusing foreign names keeps caches and DNS tricks out all the same.

use crate::config::Config;
use crate::error::ApiError;
use crate::http::request::RequestInfo;
use crate::state::AppState;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web;
use ebenezer_shared::problem::ProblemCode;

/// Middleware: 400 `invalid_header` for a host that is not ours. Health probes come by
/// address and are let through.
pub async fn check<B: MessageBody>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    let known = req.path().starts_with("/health")
        || req
            .app_data::<web::Data<AppState>>()
            .is_none_or(|state| is_allowed(&state.config, &RequestInfo::of(req.request()).host));
    if known {
        return next.call(req).await.map(ServiceResponse::map_into_left_body);
    }
    let info = RequestInfo::of(req.request());
    let response = ApiError::from(ProblemCode::InvalidHeader).respond(&info);
    Ok(req.into_response(response).map_into_right_body())
}

fn is_allowed(config: &Config, name: &str) -> bool {
    let network = &config.network;
    let listed = |allowed: &str| allowed == "*" || allowed.eq_ignore_ascii_case(name);
    if !network.allowed_hosts.is_empty() {
        return network.allowed_hosts.iter().any(|allowed| listed(allowed))
            || is_under(name, network.base_domain.as_deref());
    }
    config.debug
        || network.public_url.host_str().is_some_and(listed)
        || is_under(name, network.base_domain.as_deref())
}

/// Whether it is the base domain or one of its subdomains.
fn is_under(name: &str, base: Option<&str>) -> bool {
    base.is_some_and(|base| {
        name == base || name.strip_suffix(base).is_some_and(|rest| rest.ends_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_domain_and_what_is_below_it_is_ours() {
        assert!(is_under("a.example.com", Some("example.com")));
        assert!(is_under("example.com", Some("example.com")));
        assert!(!is_under("badexample.com", Some("example.com")));
        assert!(!is_under("example.com.evil.org", Some("example.com")));
        assert!(!is_under("example.com", None));
    }
}
