//! Records that turned out to be one.

use super::client::Client;
use super::error::ApiError;
use ebenezer_shared::crm::merge::{MergeRecords, MergeResult};
use ebenezer_shared::crm::view::ListName;
use uuid::Uuid;

/// `POST /api/contacts/{id}/merge`, `POST /api/corporations/{id}/merge`; 412 when somebody
/// changed one of them in between.
pub async fn merge(
    client: Client,
    (list, id): (ListName, Uuid),
    etag: Option<&str>,
    body: &MergeRecords,
) -> Result<MergeResult, ApiError> {
    client.act_on(&format!("/api/{}/{id}/merge", list.as_str()), etag, body).await
}
