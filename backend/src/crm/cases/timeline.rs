//! `GET /api/cases/{id}/timeline`

use super::store;
use crate::auth::{Scope, permissions::CasesView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Path, Query};
use crate::timeline::{self, TimelineQuery};
use ebenezer_shared::ids::CaseId;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::problem::Problem;
use ebenezer_shared::record::RecordType;
use ebenezer_shared::timeline::TimelineEntry;

/// What happened to a case, the newest first, in the caller's language.
#[utoipa::path(get, path = "/api/cases/{id}/timeline", tag = "cases",
    params(("id" = CaseId, Path), TimelineQuery),
    responses((status = 200, body = Page<TimelineEntry>), (status = 404, body = Problem)))]
pub async fn get_case_timeline(
    scope: Scope<CasesView>,
    Path(id): Path<CaseId>,
    Query(query): Query<TimelineQuery>,
) -> Result<Answer, ApiError> {
    store::find(&scope, scope.db(), id.into(), false).await?;
    Answer::ok(&timeline::of(&scope, RecordType::Case, id.into(), query).await?)
}
