//! `GET /api/documents/{id}`

use super::store;
use crate::auth::{Scope, permissions::DocumentsView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use ebenezer_shared::crm::document::Document;
use ebenezer_shared::ids::DocumentId;
use ebenezer_shared::problem::Problem;

/// What is known of a document, also of one in the trash.
#[utoipa::path(get, path = "/api/documents/{id}", tag = "documents",
    params(("id" = DocumentId, Path)),
    responses((status = 200, body = Document), (status = 404, body = Problem)))]
pub async fn get_document(
    scope: Scope<DocumentsView>,
    Path(id): Path<DocumentId>,
) -> Result<Answer, ApiError> {
    let row = store::find(&scope, scope.db(), id.into(), false).await?;
    let version = row.version;
    Ok(Answer::ok(&store::load(&scope, scope.db(), row).await?)?.etag(version))
}
