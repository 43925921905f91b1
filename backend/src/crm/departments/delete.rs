//! `DELETE /api/departments/{id}`

use super::entity::{Column, Entity};
use super::store;
use crate::audit::Audit;
use crate::auth::{Scope, permissions::DepartmentsDelete};
use crate::crm::folders::entity as folder;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Path};
use ebenezer_shared::ids::DepartmentId;
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::record::RecordType;
use sea_orm::{ColumnTrait as _, PaginatorTrait as _, QueryFilter as _};

/// Deletes a department that neither contacts nor members of the team nor folders belong to.
#[utoipa::path(delete, path = "/api/departments/{id}", tag = "departments",
    params(("id" = DepartmentId, Path), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 204),
        (status = 404, body = Problem),
        (status = 409, description = "`in_use`", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn delete_department(
    scope: Scope<DepartmentsDelete>,
    Path(id): Path<DepartmentId>,
    if_match: IfMatch,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let row = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(row.version)?;
    let department = store::load(&scope, command.tx(), row).await?;
    let folders = command.select::<folder::Entity>();
    let folders = folders.filter(folder::Column::DepartmentId.eq(uuid::Uuid::from(id)));
    let is_kept = folders.count(command.tx()).await? > 0;
    if is_kept || department.contact_count > 0 || department.member_count > 0 {
        return Err(ProblemCode::InUse.into());
    }
    command
        .delete::<Entity>()
        .filter(Column::Id.eq(uuid::Uuid::from(id)))
        .exec(command.tx())
        .await?;
    command.bury(RecordType::Department, id, None).await?;
    command.audit(Audit::deleted("department", id, &department)?).await?;
    command.commit(Answer::no_content()).await
}
