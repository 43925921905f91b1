//! Documents, their versions, and who did what with them.

use super::client::{Client, Tagged};
use super::error::ApiError;
use super::query_string::QueryString;
use ebenezer_shared::crm::document::{
    Document, DocumentAccess, DocumentVersion, EmptiedTrash, UpdateDocument,
};
use ebenezer_shared::ids::{DocumentId, DocumentVersionId};
use ebenezer_shared::pagination::Page;

/// Where documents are uploaded to.
pub const PATH: &str = "/api/documents";

fn path(id: DocumentId) -> String {
    format!("{PATH}/{id}")
}

/// Where versions of a document are uploaded to.
pub fn versions_path(id: DocumentId) -> String {
    format!("{}/versions", path(id))
}

/// Where the content is had.
pub fn download_path(id: DocumentId) -> String {
    format!("{}/download", path(id))
}

/// Where the content of a version is had.
pub fn version_path(id: DocumentId, version: DocumentVersionId) -> String {
    format!("{}/{version}/download", versions_path(id))
}

/// Where what is shown is had.
pub fn preview_path(id: DocumentId) -> String {
    format!("{}/preview", path(id))
}

/// `GET /api/documents`; `query` with its question mark.
pub async fn list(client: Client, query: &str) -> Result<Page<Document>, ApiError> {
    client.get(&format!("{PATH}{query}")).await
}

/// `GET /api/documents/{id}`
pub async fn get(client: Client, id: DocumentId) -> Result<Tagged<Document>, ApiError> {
    client.get_tagged(&path(id)).await
}

/// `PATCH /api/documents/{id}`; 412 when somebody saved in between.
pub async fn update(
    client: Client,
    id: DocumentId,
    etag: Option<&str>,
    patch: &UpdateDocument,
) -> Result<Tagged<Document>, ApiError> {
    client.update(&path(id), etag, patch).await
}

/// `DELETE /api/documents/{id}`: into the trash.
pub async fn trash(client: Client, id: DocumentId) -> Result<(), ApiError> {
    client.delete(&path(id), None).await
}

/// `DELETE /api/documents/{id}?permanent=true`: out of the trash, for good.
pub async fn purge(client: Client, id: DocumentId) -> Result<(), ApiError> {
    client.delete(&format!("{}?permanent=true", path(id)), None).await
}

/// `POST /api/documents/{id}/restore`
pub async fn restore(client: Client, id: DocumentId) -> Result<Document, ApiError> {
    client.post(&format!("{}/restore", path(id)), &()).await
}

/// `POST /api/documents/empty-trash`, again and again until nothing is left. Answers how many
/// are gone.
pub async fn empty_trash(client: Client) -> Result<u64, ApiError> {
    let mut all = 0;
    loop {
        let path = format!("{PATH}/empty-trash");
        let EmptiedTrash { purged, left } = client.post(&path, &()).await?;
        all += purged;
        if purged == 0 || left == 0 {
            return Ok(all);
        }
    }
}

/// `GET /api/documents/{id}/versions`
pub async fn versions(client: Client, id: DocumentId) -> Result<Page<DocumentVersion>, ApiError> {
    client.get(&versions_path(id)).await
}

/// `POST /api/documents/{id}/versions/{version_id}/restore`
pub async fn restore_version(
    client: Client,
    id: DocumentId,
    version: DocumentVersionId,
) -> Result<Document, ApiError> {
    client.post(&format!("{}/{version}/restore", versions_path(id)), &()).await
}

/// `GET /api/documents/{id}/access-log`
pub async fn accesses(
    client: Client,
    id: DocumentId,
    count: u64,
) -> Result<Page<DocumentAccess>, ApiError> {
    let query = QueryString::new().with("page_size", count);
    client.get(&query.on(&format!("{}/access-log", path(id)))).await
}
