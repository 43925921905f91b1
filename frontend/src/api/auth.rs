//! Login and session. All but [`change_password`], [`switch`] and [`me`] need no token.

use super::client::{Client, to_json};
use super::error::ApiError;
use super::transport::{Call, Reply, send};
use ebenezer_shared::auth::{
    ChangePasswordRequest, ForgotPasswordRequest, LoginRequest, Me, RefreshRequest,
    RegisterRequest, ResetPasswordRequest, SessionAnswer, SwitchRequest,
};
use ebenezer_shared::ids::TenantId;
use ebenezer_shared::profile::ConfirmEmailRequest;
use ebenezer_shared::team::{AcceptInvitation, InvitationOffer, LookAtInvitation};
use gloo_net::http::Method;
use serde::Serialize;

/// `POST /api/auth/login`
pub async fn login(request: &LoginRequest) -> Result<SessionAnswer, ApiError> {
    public("/api/auth/login", request).await?.json()
}

/// `POST /api/auth/register`
pub async fn register(request: &RegisterRequest) -> Result<SessionAnswer, ApiError> {
    public("/api/auth/register", request).await?.json()
}

/// `POST /api/auth/refresh` with the cookie.
pub async fn refresh() -> Result<SessionAnswer, ApiError> {
    public("/api/auth/refresh", &RefreshRequest::default()).await?.json()
}

/// `POST /api/auth/logout` with the cookie.
pub async fn logout() -> Result<(), ApiError> {
    public("/api/auth/logout", &RefreshRequest::default()).await.map(drop)
}

/// `GET /api/auth/me`
pub async fn me(client: Client) -> Result<Me, ApiError> {
    client.get("/api/auth/me").await
}

/// `POST /api/auth/switch`
pub async fn switch(client: Client, tenant_id: TenantId) -> Result<SessionAnswer, ApiError> {
    client.post("/api/auth/switch", &SwitchRequest { tenant_id }).await
}

/// `POST /api/auth/password/change`
pub async fn change_password(
    client: Client,
    request: &ChangePasswordRequest,
) -> Result<(), ApiError> {
    client.post_silent("/api/auth/password/change", request).await
}

/// `POST /api/auth/password/forgot`
pub async fn forgot_password(request: &ForgotPasswordRequest) -> Result<(), ApiError> {
    public("/api/auth/password/forgot", request).await.map(drop)
}

/// `POST /api/auth/email/confirm`
pub async fn confirm_email(request: &ConfirmEmailRequest) -> Result<(), ApiError> {
    public("/api/auth/email/confirm", request).await.map(drop)
}

/// `POST /api/auth/password/reset`
pub async fn reset_password(request: &ResetPasswordRequest) -> Result<(), ApiError> {
    public("/api/auth/password/reset", request).await.map(drop)
}

/// `POST /api/auth/invitations/look`
pub async fn look_at_invitation(request: &LookAtInvitation) -> Result<InvitationOffer, ApiError> {
    public("/api/auth/invitations/look", request).await?.json()
}

/// `POST /api/auth/invitations/accept`
pub async fn accept_invitation(request: &AcceptInvitation) -> Result<SessionAnswer, ApiError> {
    public("/api/auth/invitations/accept", request).await?.json()
}

async fn public<B: Serialize>(path: &str, body: &B) -> Result<Reply, ApiError> {
    let mut call = Call::new(Method::POST, path);
    call.body = Some(to_json(body)?);
    send(call).await
}
