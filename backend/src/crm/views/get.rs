//! `GET /api/views/{id}`

use super::store;
use crate::auth::AnyMember;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use ebenezer_shared::crm::view::SavedView;
use ebenezer_shared::ids::ViewId;
use ebenezer_shared::problem::Problem;

/// One view.
#[utoipa::path(get, path = "/api/views/{id}", tag = "views", params(("id" = ViewId, Path)),
    responses((status = 200, body = SavedView), (status = 404, body = Problem)))]
pub async fn get_view(scope: AnyMember, Path(id): Path<ViewId>) -> Result<Answer, ApiError> {
    let row = store::find(&scope, scope.db(), id.into(), false).await?;
    let version = row.version;
    Ok(Answer::ok(&store::load(&scope, scope.db(), row).await?)?.etag(version))
}
