//! `GET /api/tasks/{id}`

use super::store;
use crate::auth::{Scope, permissions::TasksView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use ebenezer_shared::crm::task::Task;
use ebenezer_shared::ids::TaskId;
use ebenezer_shared::problem::Problem;

/// One task.
#[utoipa::path(get, path = "/api/tasks/{id}", tag = "tasks", params(("id" = TaskId, Path)),
    responses((status = 200, body = Task), (status = 404, body = Problem)))]
pub async fn get_task(scope: Scope<TasksView>, Path(id): Path<TaskId>) -> Result<Answer, ApiError> {
    let row = store::find(&scope, scope.db(), id.into(), false).await?;
    let version = row.version;
    let task = store::view(&scope, scope.db(), row).await?;
    Ok(Answer::ok(&task)?.etag(version))
}
