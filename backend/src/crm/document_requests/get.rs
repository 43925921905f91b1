//! `GET /api/document-requests/{id}`

use super::store;
use crate::auth::{Scope, permissions::DocumentsView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use ebenezer_shared::crm::document_request::DocumentRequest;
use ebenezer_shared::ids::DocumentRequestId;
use ebenezer_shared::problem::Problem;

/// One request with its items.
#[utoipa::path(get, path = "/api/document-requests/{id}", tag = "document-requests",
    params(("id" = DocumentRequestId, Path)),
    responses((status = 200, body = DocumentRequest), (status = 404, body = Problem)))]
pub async fn get_document_request(
    scope: Scope<DocumentsView>,
    Path(id): Path<DocumentRequestId>,
) -> Result<Answer, ApiError> {
    let row = store::find(&scope, scope.db(), id.into(), false).await?;
    let version = row.version;
    Ok(Answer::ok(&store::load(&scope, scope.db(), row).await?)?.etag(version))
}
