//! Tasks.

use super::client::{Client, Tagged};
use super::error::ApiError;
use ebenezer_shared::crm::task::{CreateTask, Task, TaskStatus, UpdateTask};
use ebenezer_shared::ids::TaskId;
use ebenezer_shared::pagination::Page;

const PATH: &str = "/api/tasks";

/// Of a task.
pub fn path(id: TaskId) -> String {
    format!("{PATH}/{id}")
}

/// `GET /api/tasks`; `query` with its question mark.
pub async fn list(client: Client, query: &str) -> Result<Page<Task>, ApiError> {
    client.get(&format!("{PATH}{query}")).await
}

/// `POST /api/tasks`
pub async fn create(client: Client, task: &CreateTask) -> Result<Tagged<Task>, ApiError> {
    client.create(PATH, task).await
}

/// `GET /api/tasks/{id}`
pub async fn get(client: Client, id: TaskId) -> Result<Tagged<Task>, ApiError> {
    client.get_tagged(&path(id)).await
}

/// `PATCH /api/tasks/{id}`; 412 when somebody saved in between.
pub async fn update(
    client: Client,
    id: TaskId,
    etag: Option<&str>,
    patch: &UpdateTask,
) -> Result<Tagged<Task>, ApiError> {
    client.update(&path(id), etag, patch).await
}

/// Says how far a task is.
pub async fn advance(
    client: Client,
    id: TaskId,
    status: TaskStatus,
) -> Result<Tagged<Task>, ApiError> {
    let patch = UpdateTask { status: Some(status), ..UpdateTask::default() };
    update(client, id, None, &patch).await
}
