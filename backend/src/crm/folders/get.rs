//! `GET /api/folders/{id}`

use super::store;
use crate::auth::{Scope, permissions::DocumentsView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use ebenezer_shared::crm::folder::Folder;
use ebenezer_shared::ids::FolderId;
use ebenezer_shared::problem::Problem;

/// One folder.
#[utoipa::path(get, path = "/api/folders/{id}", tag = "folders",
    params(("id" = FolderId, Path)),
    responses((status = 200, body = Folder), (status = 404, body = Problem)))]
pub async fn get_folder(
    scope: Scope<DocumentsView>,
    Path(id): Path<FolderId>,
) -> Result<Answer, ApiError> {
    let row = store::find(&scope, scope.db(), id.into(), false).await?;
    let version = row.version;
    Ok(Answer::ok(&store::load(&scope, scope.db(), row).await?)?.etag(version))
}
