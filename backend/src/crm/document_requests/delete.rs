//! `DELETE /api/document-requests/{id}`

use super::store;
use crate::audit::Audit;
use crate::auth::{Scope, permissions::DocumentsDelete};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Path};
use ebenezer_shared::ids::DocumentRequestId;
use ebenezer_shared::problem::Problem;
use ebenezer_shared::record::RecordType;

/// Deletes a request. The documents that came for it stay.
#[utoipa::path(delete, path = "/api/document-requests/{id}", tag = "document-requests",
    params(("id" = DocumentRequestId, Path), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 204),
        (status = 404, body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn delete_document_request(
    scope: Scope<DocumentsDelete>,
    Path(id): Path<DocumentRequestId>,
    if_match: IfMatch,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let row = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(row.version)?;
    let before = store::load(&scope, command.tx(), row).await?;
    store::remove(&command, &[id.into()]).await?;
    command.bury(RecordType::DocumentRequest, id, None).await?;
    command.audit(Audit::deleted("document_request", id, &before)?).await?;
    command.commit(Answer::no_content()).await
}
