//! `GET /api/corporations/{id}`

use super::store;
use crate::auth::{Scope, permissions::CorporationsView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use ebenezer_shared::crm::corporation::Corporation;
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::problem::Problem;

/// One company.
#[utoipa::path(get, path = "/api/corporations/{id}", tag = "corporations",
    params(("id" = CorporationId, Path)),
    responses((status = 200, body = Corporation), (status = 404, body = Problem)))]
pub async fn get_corporation(
    scope: Scope<CorporationsView>,
    Path(id): Path<CorporationId>,
) -> Result<Answer, ApiError> {
    let row = store::find(&scope, scope.db(), id.into(), false).await?;
    let version = row.version;
    Ok(Answer::ok(&store::load(&scope, scope.db(), row).await?)?.etag(version))
}
