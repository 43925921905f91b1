//! Tax cases.

use super::client::{Client, Tagged};
use super::error::ApiError;
use ebenezer_shared::crm::case::{
    Board, Case, CaseStatus, CaseSummary, CreateCase, CreateChecklistItem, UpdateCase,
    UpdateChecklistItem,
};
use ebenezer_shared::ids::{CaseId, ChecklistItemId};
use ebenezer_shared::pagination::Page;

const PATH: &str = "/api/cases";

/// Of a case.
pub fn path(id: CaseId) -> String {
    format!("{PATH}/{id}")
}

fn item_path(id: CaseId, item: ChecklistItemId) -> String {
    format!("{PATH}/{id}/checklist/{item}")
}

/// `GET /api/cases`; `query` with its question mark.
pub async fn list(client: Client, query: &str) -> Result<Page<CaseSummary>, ApiError> {
    client.get(&format!("{PATH}{query}")).await
}

/// `GET /api/cases/board`, with the filters of the list.
pub async fn board(client: Client, query: &str) -> Result<Board, ApiError> {
    client.get(&format!("{PATH}/board{query}")).await
}

/// `POST /api/cases`
pub async fn create(client: Client, case: &CreateCase) -> Result<Tagged<Case>, ApiError> {
    client.create(PATH, case).await
}

/// `GET /api/cases/{id}`
pub async fn get(client: Client, id: CaseId) -> Result<Tagged<Case>, ApiError> {
    client.get_tagged(&path(id)).await
}

/// `PATCH /api/cases/{id}`; 412 when somebody saved in between.
pub async fn update(
    client: Client,
    id: CaseId,
    etag: Option<&str>,
    patch: &UpdateCase,
) -> Result<Tagged<Case>, ApiError> {
    client.update(&path(id), etag, patch).await
}

/// Moves a case to another status; 409 `transition_not_allowed` where it may not go.
pub async fn advance(
    client: Client,
    id: CaseId,
    etag: Option<&str>,
    status: CaseStatus,
) -> Result<Tagged<Case>, ApiError> {
    let patch = UpdateCase { status: Some(status), ..UpdateCase::default() };
    update(client, id, etag, &patch).await
}

/// `POST /api/cases/{id}/checklist`
pub async fn add_item(client: Client, id: CaseId, label: String) -> Result<Tagged<Case>, ApiError> {
    client.create(&format!("{}/checklist", path(id)), &CreateChecklistItem { label }).await
}

/// `PATCH /api/cases/{id}/checklist/{item_id}`
pub async fn change_item(
    client: Client,
    id: CaseId,
    item: ChecklistItemId,
    body: &UpdateChecklistItem,
) -> Result<Tagged<Case>, ApiError> {
    client.update(&item_path(id, item), None, body).await
}

/// `DELETE /api/cases/{id}/checklist/{item_id}`
pub async fn remove_item(
    client: Client,
    id: CaseId,
    item: ChecklistItemId,
) -> Result<(), ApiError> {
    client.delete(&item_path(id, item), None).await
}
