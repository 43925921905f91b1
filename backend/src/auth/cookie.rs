//! The refresh cookie, and who may act on it.

use crate::error::ApiError;
use crate::state::AppState;
use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::http::header;
use ebenezer_shared::auth::CLIENT_HEADER;
use ebenezer_shared::problem::ProblemCode;
use secrecy::{ExposeSecret as _, SecretString};

const NAME: &str = "ebenezer_refresh";
const PATH: &str = "/api/auth";

/// The refresh token in the request's cookie.
pub(super) fn read(req: &HttpRequest) -> Option<SecretString> {
    req.cookie(NAME).map(|cookie| cookie.value().to_owned().into())
}

/// A `Set-Cookie` value that keeps the token out of reach of scripts and other sites.
pub(super) fn set(state: &AppState, token: &SecretString) -> String {
    build(state, token.expose_secret().to_owned(), Duration::days(7))
}

/// A `Set-Cookie` value that removes it.
pub(super) fn clear(state: &AppState) -> String {
    build(state, String::new(), Duration::ZERO)
}

fn build(state: &AppState, value: String, age: Duration) -> String {
    Cookie::build(NAME, value)
        .path(PATH)
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(state.config.network.is_https())
        .max_age(age)
        .finish()
        .to_string()
}

/// Refuses a request that acts on the cookie unless one of our own pages sent it: the
/// `Origin` must be ours or an allowed one, and a header that forms cannot set must be
/// there.
pub(super) fn check_origin(state: &AppState, req: &HttpRequest) -> Result<(), ApiError> {
    let network = &state.config.network;
    let refused = || ApiError::from(ProblemCode::OriginNotAllowed);
    if !req.headers().contains_key(CLIENT_HEADER) {
        return Err(refused());
    }
    let origin = req.headers().get(header::ORIGIN).and_then(|value| value.to_str().ok());
    let origin = origin.and_then(|text| url::Url::parse(text).ok()).ok_or_else(refused)?;
    let text = origin.origin().ascii_serialization();
    let own = text == network.public_url.origin().ascii_serialization();
    let listed = network.cors_allowed_origins.contains(&text);
    // A firm's subdomain, and in development whatever name this machine answers to.
    let host = origin.host_str().unwrap_or_default();
    let of_firm =
        origin.scheme() == network.public_url.scheme() && network.subdomain(host).is_some();
    let same = state.config.debug
        && req.headers().get(header::HOST).and_then(|value| value.to_str().ok())
            == text.split_once("://").map(|(_, host)| host);
    if own || listed || of_firm || same { Ok(()) } else { Err(refused()) }
}
