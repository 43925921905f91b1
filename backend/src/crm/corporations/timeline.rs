//! `GET /api/corporations/{id}/timeline`

use super::store;
use crate::auth::{Scope, permissions::CorporationsView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Path, Query};
use crate::timeline::{self, TimelineQuery};
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::problem::Problem;
use ebenezer_shared::record::RecordType;
use ebenezer_shared::timeline::TimelineEntry;

/// What happened to a company, the newest first, in the caller's language.
#[utoipa::path(get, path = "/api/corporations/{id}/timeline", tag = "corporations",
    params(("id" = CorporationId, Path), TimelineQuery),
    responses((status = 200, body = Page<TimelineEntry>), (status = 404, body = Problem)))]
pub async fn get_corporation_timeline(
    scope: Scope<CorporationsView>,
    Path(id): Path<CorporationId>,
    Query(query): Query<TimelineQuery>,
) -> Result<Answer, ApiError> {
    store::find(&scope, scope.db(), id.into(), false).await?;
    Answer::ok(&timeline::of(&scope, RecordType::Corporation, id.into(), query).await?)
}
