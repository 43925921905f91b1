//! `DELETE /api/documents/{id}`, `POST /api/documents/{id}/restore`

use super::entity::{Entity, Model};
use super::{access, purge, store};
use crate::audit::Audit;
use crate::auth::{Command, Scope, permissions::DocumentsDelete};
use crate::crm::folders::entity as folder;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Path, Query};
use ebenezer_shared::crm::document::Document;
use ebenezer_shared::ids::DocumentId;
use ebenezer_shared::problem::{Problem, ProblemCode};
use sea_orm::IntoActiveModel as _;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DeleteQuery {
    /// True: a document that is in the trash goes for good, with all its versions.
    #[serde(default)]
    permanent: bool,
}

/// Puts a document into the trash, where it stays for 30 days; with `permanent` one that is
/// there goes for good.
#[utoipa::path(delete, path = "/api/documents/{id}", tag = "documents",
    params(("id" = DocumentId, Path), ("If-Match" = Option<String>, Header), DeleteQuery),
    responses(
        (status = 204),
        (status = 404, body = Problem),
        (status = 409, description = "`state_conflict`: it is in the trash already, or not yet",
            body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn delete_document(
    scope: Scope<DocumentsDelete>,
    Path(id): Path<DocumentId>,
    if_match: IfMatch,
    Query(query): Query<DeleteQuery>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let row = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(row.version)?;
    if row.trashed_at.is_some() != query.permanent {
        return Err(ProblemCode::StateConflict.into());
    }
    if query.permanent {
        purge::by_command(&command, vec![row]).await?;
    } else {
        let at = Some(scope.now());
        let (before, _, lies_in) = mark(&command, row, at, "trash").await?;
        access::tell_client(&command, &lies_in, (Some(&before), None)).await?;
    }
    command.commit(Answer::no_content()).await
}

/// Takes a document out of the trash, to the folder that it lay in.
#[utoipa::path(post, path = "/api/documents/{id}/restore", tag = "documents",
    params(("id" = DocumentId, Path), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 200, body = Document),
        (status = 404, body = Problem),
        (status = 409, description = "`state_conflict`: it is not in the trash", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn restore_document(
    scope: Scope<DocumentsDelete>,
    Path(id): Path<DocumentId>,
    if_match: IfMatch,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let row = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(row.version)?;
    if row.trashed_at.is_none() {
        return Err(ProblemCode::StateConflict.into());
    }
    let version = row.version + 1;
    let (_, after, lies_in) = mark(&command, row, None, "restore").await?;
    access::tell_client(&command, &lies_in, (None, Some(&after))).await?;
    command.commit(Answer::ok(&after)?.etag(version)).await
}

/// Writes when it was put into the trash; answers how it was and is, and where it lies.
async fn mark(
    command: &Command<'_>,
    mut row: Model,
    at: Option<chrono::DateTime<chrono::Utc>>,
    action: &'static str,
) -> Result<(Document, Document, folder::Model), ApiError> {
    let before = store::load(command, command.tx(), row.clone()).await?;
    row.trashed_at = at;
    row.version += 1;
    row.updated_at = command.now();
    command.save::<Entity>(row.id, row.clone().into_active_model()).await?;
    let lies_in = command.by_id::<folder::Entity>(row.folder_id).one(command.tx()).await?;
    let lies_in = lies_in.ok_or_else(|| anyhow::anyhow!("a document lies in no folder"))?;
    let after = store::load(command, command.tx(), row).await?;
    let entry = Audit::updated("document", after.id, &before, &after)?;
    command.audit(entry.named(action)).await?;
    Ok((before, after, lies_in))
}
