//! `GET /api/notes/{id}`

use super::store;
use crate::auth::{Scope, permissions::NotesView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use ebenezer_shared::crm::note::Note;
use ebenezer_shared::ids::NoteId;
use ebenezer_shared::problem::Problem;

/// One note.
#[utoipa::path(get, path = "/api/notes/{id}", tag = "notes", params(("id" = NoteId, Path)),
    responses((status = 200, body = Note), (status = 404, body = Problem)))]
pub async fn get_note(scope: Scope<NotesView>, Path(id): Path<NoteId>) -> Result<Answer, ApiError> {
    let row = store::find(&scope, scope.db(), id.into(), false).await?;
    let version = row.version;
    let note = store::view(&scope, scope.db(), row).await?;
    Ok(Answer::ok(&note)?.etag(version))
}
