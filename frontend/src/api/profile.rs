//! The person's own name, language and email.

use super::client::Client;
use super::error::ApiError;
use ebenezer_shared::auth::Me;
use ebenezer_shared::profile::{ChangeEmailRequest, UpdateProfile};

/// `PATCH /api/auth/me`
pub async fn update(client: Client, body: &UpdateProfile) -> Result<Me, ApiError> {
    Ok(client.update("/api/auth/me", None, body).await?.value)
}

/// `POST /api/auth/email/change`
pub async fn change_email(client: Client, request: &ChangeEmailRequest) -> Result<(), ApiError> {
    client.post_silent("/api/auth/email/change", request).await
}
