//! `DELETE /api/tasks/{id}`

use super::entity::{Column, Entity, Model};
use super::store;
use crate::audit::{Audit, told};
use crate::auth::{Command, Scope, permissions::TasksDelete};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Path};
use ebenezer_shared::ids::TaskId;
use ebenezer_shared::problem::Problem;
use ebenezer_shared::record::RecordType;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, QueryFilter as _};
use uuid::Uuid;

/// Deletes a task. One that comes again does not come again.
#[utoipa::path(delete, path = "/api/tasks/{id}", tag = "tasks",
    params(("id" = TaskId, Path), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 204),
        (status = 404, body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn delete_task(
    scope: Scope<TasksDelete>,
    Path(id): Path<TaskId>,
    if_match: IfMatch,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let row = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(row.version)?;
    remove(&command, row).await?;
    command.commit(Answer::no_content()).await
}

/// Deletes a locked task, and says so beside it.
pub(super) async fn remove(command: &Command<'_>, row: Model) -> Result<(), ApiError> {
    let id = row.id;
    let before = store::view(command, command.tx(), row).await?;
    let nothing: Option<Uuid> = None;
    command
        .update::<Entity>()
        .filter(Column::NextId.eq(id))
        .col_expr(Column::NextId, Expr::value(nothing))
        .exec(command.tx())
        .await?;
    command.delete::<Entity>().filter(Column::Id.eq(id)).exec(command.tx()).await?;
    command.bury(RecordType::Task, id, None).await?;
    command.audit(Audit::deleted("task", id, &told(&before))?).await
}
