//! Notes.

use super::client::{Client, Tagged};
use super::error::ApiError;
use ebenezer_shared::crm::note::{CreateNote, Note, UpdateNote};
use ebenezer_shared::ids::NoteId;
use ebenezer_shared::pagination::Page;

const PATH: &str = "/api/notes";

/// Of a note.
pub fn path(id: NoteId) -> String {
    format!("{PATH}/{id}")
}

/// `GET /api/notes`; `query` with its question mark.
pub async fn list(client: Client, query: &str) -> Result<Page<Note>, ApiError> {
    client.get(&format!("{PATH}{query}")).await
}

/// `POST /api/notes`
pub async fn create(client: Client, note: &CreateNote) -> Result<Tagged<Note>, ApiError> {
    client.create(PATH, note).await
}

/// `PATCH /api/notes/{id}`; 412 when somebody saved in between.
pub async fn update(
    client: Client,
    id: NoteId,
    etag: Option<&str>,
    patch: &UpdateNote,
) -> Result<Tagged<Note>, ApiError> {
    client.update(&path(id), etag, patch).await
}
