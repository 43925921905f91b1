//! The firm's own settings.

use super::client::{Client, Tagged};
use super::error::ApiError;
use ebenezer_shared::tenant_settings::{TenantSettings, UpdateTenantSettings};

const PATH: &str = "/api/tenant";

/// `GET /api/tenant`
pub async fn get(client: Client) -> Result<Tagged<TenantSettings>, ApiError> {
    client.get_tagged(PATH).await
}

/// `PATCH /api/tenant`
pub async fn update(
    client: Client,
    etag: Option<&str>,
    body: &UpdateTenantSettings,
) -> Result<Tagged<TenantSettings>, ApiError> {
    client.update(PATH, etag, body).await
}
