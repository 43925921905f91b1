//! What a firm can subscribe to.

use super::error::ApiError;
use super::transport::{Call, send};
use ebenezer_shared::pagination::Page;
use ebenezer_shared::product::Product;
use gloo_net::http::Method;

/// `GET /api/products`; open to everybody, for the registration.
pub async fn list() -> Result<Page<Product>, ApiError> {
    send(Call::new(Method::GET, "/api/products")).await?.json()
}
