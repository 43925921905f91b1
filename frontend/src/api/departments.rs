//! Units of the firm.

use super::client::{Client, Tagged};
use super::error::ApiError;
use ebenezer_shared::crm::department::{CreateDepartment, Department, UpdateDepartment};
use ebenezer_shared::ids::DepartmentId;
use ebenezer_shared::pagination::Page;

const PATH: &str = "/api/departments";

fn path(id: DepartmentId) -> String {
    format!("{PATH}/{id}")
}

/// `GET /api/departments`: all of them, in their order.
pub async fn list(client: Client) -> Result<Page<Department>, ApiError> {
    client.get(PATH).await
}

/// `POST /api/departments`
pub async fn create(
    client: Client,
    department: &CreateDepartment,
) -> Result<Tagged<Department>, ApiError> {
    client.create(PATH, department).await
}

/// `GET /api/departments/{id}`
pub async fn get(client: Client, id: DepartmentId) -> Result<Tagged<Department>, ApiError> {
    client.get_tagged(&path(id)).await
}

/// `PATCH /api/departments/{id}`
pub async fn update(
    client: Client,
    id: DepartmentId,
    etag: Option<&str>,
    patch: &UpdateDepartment,
) -> Result<Tagged<Department>, ApiError> {
    client.update(&path(id), etag, patch).await
}

/// `DELETE /api/departments/{id}`; 409 `in_use` while anything belongs to it.
pub async fn delete(client: Client, id: DepartmentId, etag: Option<&str>) -> Result<(), ApiError> {
    client.delete(&path(id), etag).await
}
