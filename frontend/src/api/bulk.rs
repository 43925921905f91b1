//! Changes of many records at once.

use super::client::Client;
use super::error::ApiError;
use ebenezer_shared::crm::bulk::{BulkInfo, BulkResult, RunBulk, UndoResult};
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::ids::BulkId;
use ebenezer_shared::pagination::Page;

/// `POST /api/contacts/bulk`, `POST /api/corporations/bulk`, carried out once whatever the
/// connection does.
pub async fn run(client: Client, list: ListName, body: &RunBulk) -> Result<BulkResult, ApiError> {
    let path = format!("/api/{}/bulk", list.as_str());
    client.create(&path, body).await.map(|done| done.value)
}

/// `GET /api/bulk`: the newest first.
pub async fn recent(client: Client) -> Result<Page<BulkInfo>, ApiError> {
    client.get("/api/bulk").await
}

/// `POST /api/bulk/{id}/undo`; 409 `state_conflict` when it was undone already.
pub async fn undo(client: Client, id: BulkId) -> Result<UndoResult, ApiError> {
    client.post(&format!("/api/bulk/{id}/undo"), &serde_json::json!({})).await
}
