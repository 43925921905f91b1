//! The person's own second factor.

use super::client::Client;
use super::error::ApiError;
use ebenezer_shared::two_factor::{
    EnableTwoFactor, ProveTwoFactor, RecoveryCodes, SetupTwoFactor, TwoFactorSetup, TwoFactorState,
};

/// `GET /api/auth/2fa`
pub async fn state(client: Client) -> Result<TwoFactorState, ApiError> {
    client.get("/api/auth/2fa").await
}

/// `POST /api/auth/2fa/setup`
pub async fn set_up(client: Client, request: &SetupTwoFactor) -> Result<TwoFactorSetup, ApiError> {
    client.post("/api/auth/2fa/setup", request).await
}

/// `POST /api/auth/2fa/enable`
pub async fn enable(client: Client, request: &EnableTwoFactor) -> Result<RecoveryCodes, ApiError> {
    client.post("/api/auth/2fa/enable", request).await
}

/// `POST /api/auth/2fa/disable`
pub async fn disable(client: Client, request: &ProveTwoFactor) -> Result<(), ApiError> {
    client.post_silent("/api/auth/2fa/disable", request).await
}

/// `POST /api/auth/2fa/recovery-codes`
pub async fn renew_codes(
    client: Client,
    request: &ProveTwoFactor,
) -> Result<RecoveryCodes, ApiError> {
    client.post("/api/auth/2fa/recovery-codes", request).await
}
