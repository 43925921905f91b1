//! The single-page app inside the binary (feature `embed-spa`).
//!
//! Files with a hash in their name never change and may be kept for ever; every path that
//! is no file is a page of the app and answers `index.html`. Brotli files that the build
//! made beforehand are served as they are.

use crate::http::headers::content_security_policy;
use std::sync::LazyLock;

#[cfg(feature = "embed-spa")]
mod embedded;

#[cfg(feature = "embed-spa")]
pub use embedded::configure;

/// Without the app in the binary the server is an API alone.
#[cfg(not(feature = "embed-spa"))]
pub fn configure(_: &mut actix_web::web::ServiceConfig) {}

/// The Content-Security-Policy of the app's pages.
pub fn policy() -> &'static str {
    static POLICY: LazyLock<String> = LazyLock::new(|| content_security_policy(&script_hashes()));
    &POLICY
}

#[cfg(feature = "embed-spa")]
fn script_hashes() -> Vec<String> {
    embedded::script_hashes()
}

#[cfg(not(feature = "embed-spa"))]
fn script_hashes() -> Vec<String> {
    Vec::new()
}
