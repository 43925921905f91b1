//! `GET /api/departments`

use super::store;
use crate::auth::{Scope, permissions::DepartmentsView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Query;
use ebenezer_shared::crm::department::Department;
use ebenezer_shared::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DepartmentQuery {
    is_active: Option<bool>,
}

/// All departments, in their order.
#[utoipa::path(get, path = "/api/departments", tag = "departments", params(DepartmentQuery),
    responses((status = 200, body = Page<Department>)))]
pub async fn list_departments(
    scope: Scope<DepartmentsView>,
    Query(query): Query<DepartmentQuery>,
) -> Result<Answer, ApiError> {
    let items = store::list(&scope, query.is_active).await?;
    Answer::ok(&Page::whole(items))
}
