//! `PATCH /api/document-requests/{id}`

use super::{change, store};
use crate::auth::{Scope, permissions::DocumentsChange};
use crate::db::normalize;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Json, Path};
use ebenezer_shared::crm::document_request::{
    DocumentRequest, DocumentRequestStatus as Status, UpdateDocumentRequest,
};
use ebenezer_shared::ids::DocumentRequestId;
use ebenezer_shared::patch::Patch;
use ebenezer_shared::problem::Problem;

/// Changes a request, cancels it, asks again.
#[utoipa::path(patch, path = "/api/document-requests/{id}", tag = "document-requests",
    params(("id" = DocumentRequestId, Path), ("If-Match" = Option<String>, Header)),
    request_body = UpdateDocumentRequest,
    responses(
        (status = 200, body = DocumentRequest),
        (status = 404, body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn update_document_request(
    scope: Scope<DocumentsChange>,
    Path(id): Path<DocumentRequestId>,
    if_match: IfMatch,
    Json(body): Json<UpdateDocumentRequest>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let before = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(before.version)?;
    let mut row = before.clone();
    if let Patch::Value(title) = body.title {
        row.sort_name = normalize(&title);
        row.title = title;
    }
    if let Some(message) = body.message.change() {
        row.message = message;
    }
    if let Some(due) = body.due_on.change() {
        row.due_on = due;
    }
    if let Some(days) = body.remind_every_days.change() {
        if days.is_some_and(|days| !(1..=60).contains(&days)) {
            return Err(ApiError::invalid("remind_every_days", "out_of_range"));
        }
        if days != row.remind_every_days {
            row.remind_every_days = days;
            row.next_reminder_on = change::days_after(scope.today(), days);
        }
    }
    match body.status {
        None => {}
        // All items there, it is completed anyway.
        Some(status @ (Status::Open | Status::Cancelled)) => {
            status.as_str().clone_into(&mut row.status);
        }
        Some(Status::Completed) if store::status(&row) == Status::Completed => {}
        Some(Status::Completed) => return Err(ApiError::invalid("status", "unknown_value")),
    }
    let shown = store::load(&scope, command.tx(), before.clone()).await?;
    if row == before {
        return command.commit(Answer::ok(&shown)?.etag(row.version)).await;
    }
    let (after, version) = change::write(&command, row, &shown).await?;
    command.commit(Answer::ok(&after)?.etag(version)).await
}
