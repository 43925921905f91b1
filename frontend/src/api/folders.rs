//! Folders of clients.

use super::client::{Client, Tagged};
use super::error::ApiError;
use ebenezer_shared::crm::folder::{CreateFolder, Folder, MakeDefaultFolders, UpdateFolder};
use ebenezer_shared::ids::FolderId;
use ebenezer_shared::pagination::Page;

const PATH: &str = "/api/folders";

/// `GET /api/folders`; `query` with its question mark. Of one client all are answered.
pub async fn list(client: Client, query: &str) -> Result<Page<Folder>, ApiError> {
    client.get(&format!("{PATH}{query}")).await
}

/// `POST /api/folders`
pub async fn create(client: Client, folder: &CreateFolder) -> Result<Tagged<Folder>, ApiError> {
    client.create(PATH, folder).await
}

/// `PATCH /api/folders/{id}`
pub async fn update(
    client: Client,
    id: FolderId,
    patch: &UpdateFolder,
) -> Result<Tagged<Folder>, ApiError> {
    client.update(&format!("{PATH}/{id}"), None, patch).await
}

/// `DELETE /api/folders/{id}`; 409 `in_use` while something lies in it.
pub async fn delete(client: Client, id: FolderId) -> Result<(), ApiError> {
    client.delete(&format!("{PATH}/{id}"), None).await
}

/// `POST /api/folders/defaults`
pub async fn make_defaults(
    client: Client,
    whose: &MakeDefaultFolders,
) -> Result<Page<Folder>, ApiError> {
    client.post(&format!("{PATH}/defaults"), whose).await
}
