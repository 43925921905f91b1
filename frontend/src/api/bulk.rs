//! Changes of many records at once.

use super::client::Client;
use super::error::ApiError;
use ebenezer_shared::crm::bulk::{BulkInfo, BulkReport, BulkResult, RunBulk, UndoResult};
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::ids::{BulkId, JobId};
use ebenezer_shared::pagination::Page;
use serde::Deserialize;

/// `POST /api/contacts/bulk`, `POST /api/corporations/bulk`, carried out once whatever the
/// connection does.
pub async fn run(client: Client, list: ListName, body: &RunBulk) -> Result<BulkResult, ApiError> {
    let path = format!("/api/{}/bulk", list.as_str());
    client.create(&path, body).await.map(|done| done.value)
}

/// The same for all that the body's query means: a worker does it.
pub async fn ask(client: Client, list: ListName, body: &RunBulk) -> Result<BulkInfo, ApiError> {
    let path = format!("/api/{}/bulk", list.as_str());
    client.create(&path, body).await.map(|asked| asked.value)
}

/// `GET /api/bulk/{id}`: how far it is.
pub async fn get(client: Client, id: BulkId) -> Result<BulkReport, ApiError> {
    client.get(&format!("/api/bulk/{id}")).await
}

/// `POST /api/jobs/{id}/cancel`: it ends with the part that it is at; 409 when it has ended.
pub async fn stop(client: Client, job: JobId) -> Result<(), ApiError> {
    client.post_silent(&format!("/api/jobs/{job}/cancel"), &serde_json::json!({})).await
}

/// What became of asking to undo.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Undone {
    Now(UndoResult),
    /// A worker does it.
    Later(Box<BulkInfo>),
}

/// `GET /api/bulk`: the newest first.
pub async fn recent(client: Client) -> Result<Page<BulkInfo>, ApiError> {
    client.get("/api/bulk").await
}

/// `POST /api/bulk/{id}/undo`; 409 `state_conflict` when it was undone already.
pub async fn undo(client: Client, id: BulkId) -> Result<Undone, ApiError> {
    client.post(&format!("/api/bulk/{id}/undo"), &serde_json::json!({})).await
}
