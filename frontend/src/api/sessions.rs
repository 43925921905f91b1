//! The person's own sessions.

use super::client::Client;
use super::error::ApiError;
use ebenezer_shared::ids::SessionId;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::session::SessionInfo;

const PATH: &str = "/api/auth/sessions";

/// `GET /api/auth/sessions`: the open ones, the last used first.
pub async fn list(client: Client) -> Result<Page<SessionInfo>, ApiError> {
    client.get(PATH).await
}

/// `DELETE /api/auth/sessions/{id}`; 404 when it has ended already.
pub async fn end(client: Client, id: SessionId) -> Result<(), ApiError> {
    client.delete(&format!("{PATH}/{id}"), None).await
}

/// `DELETE /api/auth/sessions`: all but the one that asks.
pub async fn end_others(client: Client) -> Result<(), ApiError> {
    client.delete(PATH, None).await
}
