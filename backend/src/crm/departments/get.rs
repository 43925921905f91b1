//! `GET /api/departments/{id}`

use super::store;
use crate::auth::{Scope, permissions::DepartmentsView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use ebenezer_shared::crm::department::Department;
use ebenezer_shared::ids::DepartmentId;
use ebenezer_shared::problem::Problem;

/// One department.
#[utoipa::path(get, path = "/api/departments/{id}", tag = "departments",
    params(("id" = DepartmentId, Path)),
    responses((status = 200, body = Department), (status = 404, body = Problem)))]
pub async fn get_department(
    scope: Scope<DepartmentsView>,
    Path(id): Path<DepartmentId>,
) -> Result<Answer, ApiError> {
    let row = store::find(&scope, scope.db(), id.into(), false).await?;
    let version = row.version;
    Ok(Answer::ok(&store::load(&scope, scope.db(), row).await?)?.etag(version))
}
