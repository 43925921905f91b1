//! Jobs of all firms, for who runs the platform.

use super::client::Client;
use super::error::ApiError;
use super::query_string::QueryString;
use ebenezer_shared::ids::JobId;
use ebenezer_shared::job::{AdminJob, RetriedJobs, RetryJobs};
use ebenezer_shared::pagination::Page;

const PATH: &str = "/api/admin/jobs";

/// Which jobs; empty texts filter nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListJobs {
    pub page: u64,
    pub page_size: u64,
    pub status: String,
    pub kind: String,
}

/// `GET /api/admin/jobs`: the newest first.
pub async fn list(client: Client, wanted: &ListJobs) -> Result<Page<AdminJob>, ApiError> {
    let query = QueryString::new()
        .with("page", wanted.page)
        .with("page_size", wanted.page_size)
        .with_text("status", &wanted.status)
        .with_text("kind", &wanted.kind);
    client.get(&query.on(PATH)).await
}

/// `POST /api/admin/jobs/{id}/retry`; 409 when it was not given up.
pub async fn retry(client: Client, id: JobId) -> Result<AdminJob, ApiError> {
    client.post(&format!("{PATH}/{id}/retry"), &()).await
}

/// `POST /api/admin/jobs/{id}/cancel`; 409 when it has ended.
pub async fn cancel(client: Client, id: JobId) -> Result<AdminJob, ApiError> {
    client.post(&format!("{PATH}/{id}/cancel"), &()).await
}

/// `POST /api/admin/jobs/retry`: all of a kind that were given up; answers how many.
pub async fn retry_all(client: Client, kind: String) -> Result<u64, ApiError> {
    let answer = client.post(&format!("{PATH}/retry"), &RetryJobs { kind }).await;
    answer.map(|RetriedJobs { count }| count)
}
