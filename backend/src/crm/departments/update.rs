//! `PATCH /api/departments/{id}`

use super::entity::Entity;
use super::store;
use crate::audit::Audit;
use crate::auth::{Scope, permissions::DepartmentsChange};
use crate::db::normalize;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Json, Path};
use ebenezer_shared::crm::department::{Department, UpdateDepartment};
use ebenezer_shared::ids::DepartmentId;
use ebenezer_shared::patch::Patch;
use ebenezer_shared::problem::Problem;
use sea_orm::IntoActiveModel as _;

/// Changes a department.
#[utoipa::path(patch, path = "/api/departments/{id}", tag = "departments",
    params(("id" = DepartmentId, Path), ("If-Match" = Option<String>, Header)),
    request_body = UpdateDepartment,
    responses(
        (status = 200, body = Department),
        (status = 404, body = Problem),
        (status = 409, description = "`duplicate` names the field", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn update_department(
    scope: Scope<DepartmentsChange>,
    Path(id): Path<DepartmentId>,
    if_match: IfMatch,
    Json(body): Json<UpdateDepartment>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let before = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(before.version)?;
    let mut row = before.clone();
    if let Patch::Value(name) = body.name {
        row.name_key = normalize(&name);
        row.name = name;
    }
    if let Patch::Value(code) = body.code {
        row.code_key = code.to_lowercase();
        row.code = code;
    }
    if let Some(color) = body.color.change() {
        row.color = color.unwrap_or_else(|| store::DEFAULT_COLOR.to_owned());
    }
    if let Some(icon) = body.icon.change() {
        row.icon = icon;
    }
    row.is_active = body.is_active.unwrap_or(row.is_active);
    row.position = body.order.unwrap_or(row.position);
    if row == before {
        let unchanged = store::load(&scope, command.tx(), before).await?;
        return command.commit(Answer::ok(&unchanged)?.etag(row.version)).await;
    }
    row.version += 1;
    row.updated_at = scope.now();
    command.save::<Entity>(row.id, row.clone().into_active_model()).await.map_err(store::taken)?;
    let version = row.version;
    let before = store::load(&scope, command.tx(), before).await?;
    let after = store::load(&scope, command.tx(), row).await?;
    command.audit(Audit::updated("department", id, &before, &after)?).await?;
    let answer = Answer::ok(&after)?.etag(version);
    command.commit(answer).await
}
