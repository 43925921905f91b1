//! `PATCH /api/notes/{id}`

use super::entity::{Entity, Model};
use super::store;
use crate::audit::Audit;
use crate::auth::{Scope, permissions::NotesAdd};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Json, Path};
use ebenezer_shared::crm::note::{Note, UpdateNote};
use ebenezer_shared::ids::NoteId;
use ebenezer_shared::permission::Action;
use ebenezer_shared::problem::Problem;
use sea_orm::IntoActiveModel as _;

/// Changes a note. Somebody else's needs `notes.change`.
#[utoipa::path(patch, path = "/api/notes/{id}", tag = "notes",
    params(("id" = NoteId, Path), ("If-Match" = Option<String>, Header)),
    request_body = UpdateNote,
    responses(
        (status = 200, body = Note),
        (status = 403, description = "`permission_required`", body = Problem),
        (status = 404, body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn update_note(
    scope: Scope<NotesAdd>,
    Path(id): Path<NoteId>,
    if_match: IfMatch,
    Json(body): Json<UpdateNote>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let known = store::find(&scope, command.tx(), id.into(), true).await?;
    store::check_author(&scope, &known, Action::Change)?;
    if_match.check(known.version)?;
    let before = store::view(&scope, command.tx(), known.clone()).await?;
    let mut row = apply(known.clone(), body);
    if row == known {
        return command.commit(Answer::ok(&before)?.etag(known.version)).await;
    }
    row.version += 1;
    row.updated_at = scope.now();
    command.save::<Entity>(row.id, row.clone().into_active_model()).await?;
    let after = store::view(&scope, command.tx(), row.clone()).await?;
    let (was, is) = (store::told(&known, &before), store::told(&row, &after));
    let mut entry = Audit::updated(store::kind(&row), id, &was, &is)?;
    if row.is_sticky() && row.body != known.body {
        entry = entry.with_hidden_change("text");
    }
    command.audit(entry).await?;
    if row.body != known.body {
        store::tell_record(&command, &row, (true, true)).await?;
    }
    command.commit(Answer::ok(&after)?.etag(row.version)).await
}

fn apply(mut row: Model, body: UpdateNote) -> Model {
    if let Some(Some(text)) = body.text.change() {
        row.set_text(text);
    }
    if let Some(color) = body.color {
        color.as_str().clone_into(&mut row.color);
    }
    row.pinned = body.pinned.unwrap_or(row.pinned);
    row
}
