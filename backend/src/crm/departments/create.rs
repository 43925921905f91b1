//! `POST /api/departments`

use super::{entity, store};
use crate::audit::Audit;
use crate::auth::{Scope, permissions::DepartmentsAdd};
use crate::db::{self, normalize};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use ebenezer_shared::crm::department::{CreateDepartment, Department};
use ebenezer_shared::problem::Problem;
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use uuid::Uuid;

/// Adds a department.
#[utoipa::path(post, path = "/api/departments", tag = "departments",
    request_body = CreateDepartment,
    responses(
        (status = 201, body = Department),
        (status = 409, description = "`duplicate` names the field", body = Problem),
    ))]
pub async fn create_department(
    scope: Scope<DepartmentsAdd>,
    Json(body): Json<CreateDepartment>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let now = scope.now();
    let row = entity::Model {
        id: Uuid::now_v7(),
        tenant_id: scope.tenant_id(),
        name_key: normalize(&body.name),
        name: body.name,
        code_key: body.code.to_lowercase(),
        code: body.code,
        color: body.color.unwrap_or_else(|| store::DEFAULT_COLOR.to_owned()),
        icon: body.icon,
        is_active: body.is_active.unwrap_or(true),
        position: body.order.unwrap_or_default(),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    db::insert(command.tx(), [row.clone().into_active_model().reset_all()])
        .await
        .map_err(store::taken)?;
    let department = store::load(&scope, command.tx(), row).await?;
    command.audit(Audit::created("department", department.id, &department)?).await?;
    let location = format!("/api/departments/{}", department.id);
    let answer = Answer::created(location, &department)?.etag(1);
    command.commit(answer).await
}
