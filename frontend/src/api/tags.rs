//! Words that mark contacts and corporations.

use super::client::{Client, Tagged};
use super::error::ApiError;
use super::query_string::QueryString;
use ebenezer_shared::crm::tag::{CreateTag, Tag, UpdateTag};
use ebenezer_shared::ids::TagId;
use ebenezer_shared::pagination::Page;

const PATH: &str = "/api/tags";

fn path(id: TagId) -> String {
    format!("{PATH}/{id}")
}

/// `GET /api/tags`: those whose names hold the words, by name.
pub async fn list(client: Client, search: &str) -> Result<Page<Tag>, ApiError> {
    client.get(&QueryString::new().with_text("search", search).on(PATH)).await
}

/// `POST /api/tags`; 409 `duplicate` names the field `name`.
pub async fn create(client: Client, tag: &CreateTag) -> Result<Tagged<Tag>, ApiError> {
    client.create(PATH, tag).await
}

/// `GET /api/tags/{id}`
pub async fn get(client: Client, id: TagId) -> Result<Tagged<Tag>, ApiError> {
    client.get_tagged(&path(id)).await
}

/// `PATCH /api/tags/{id}`
pub async fn update(
    client: Client,
    id: TagId,
    etag: Option<&str>,
    patch: &UpdateTag,
) -> Result<Tagged<Tag>, ApiError> {
    client.update(&path(id), etag, patch).await
}

/// `DELETE /api/tags/{id}`: takes it off everything.
pub async fn delete(client: Client, id: TagId) -> Result<(), ApiError> {
    client.delete(&path(id), None).await
}
