//! `GET /api/cases/{id}`

use super::store;
use crate::auth::{Scope, permissions::CasesView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use ebenezer_shared::crm::case::Case;
use ebenezer_shared::ids::CaseId;
use ebenezer_shared::problem::Problem;

/// One case, with its checklist.
#[utoipa::path(get, path = "/api/cases/{id}", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 200, body = Case), (status = 404, body = Problem)))]
pub async fn get_case(scope: Scope<CasesView>, Path(id): Path<CaseId>) -> Result<Answer, ApiError> {
    let row = store::find(&scope, scope.db(), id.into(), false).await?;
    let version = row.version;
    let case = store::load(&scope, scope.db(), row).await?;
    Ok(Answer::ok(&case)?.etag(version))
}
