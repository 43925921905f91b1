//! `DELETE /api/notes/{id}`

use super::entity::{Column, Entity};
use super::store;
use crate::audit::Audit;
use crate::auth::{Scope, permissions::NotesAdd};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Path};
use ebenezer_shared::ids::NoteId;
use ebenezer_shared::permission::Action;
use ebenezer_shared::problem::Problem;
use ebenezer_shared::record::RecordType;
use sea_orm::{ColumnTrait as _, QueryFilter as _};

/// Deletes a note. Somebody else's needs `notes.delete`.
#[utoipa::path(delete, path = "/api/notes/{id}", tag = "notes",
    params(("id" = NoteId, Path), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 204),
        (status = 403, description = "`permission_required`", body = Problem),
        (status = 404, body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn delete_note(
    scope: Scope<NotesAdd>,
    Path(id): Path<NoteId>,
    if_match: IfMatch,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let row = store::find(&scope, command.tx(), id.into(), true).await?;
    store::check_author(&scope, &row, Action::Delete)?;
    if_match.check(row.version)?;
    let before = store::view(&scope, command.tx(), row.clone()).await?;
    command.delete::<Entity>().filter(Column::Id.eq(row.id)).exec(command.tx()).await?;
    command.bury(RecordType::Note, id, None).await?;
    let told = store::told(&row, &before);
    command.audit(Audit::deleted(store::kind(&row), id, &told)?).await?;
    store::tell_record(&command, &row, (true, false)).await?;
    command.commit(Answer::no_content()).await
}
