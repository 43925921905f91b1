//! What happened to a record.

use super::client::Client;
use super::error::ApiError;
use super::query_string::QueryString;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::timeline::TimelineEntry;

/// `GET {record}/timeline`: the newest first, in the language of the interface. `record` is
/// the API's path of a record; with a cursor what came before it.
pub async fn of(
    client: Client,
    record: &str,
    page_size: u64,
    cursor: Option<String>,
) -> Result<Page<TimelineEntry>, ApiError> {
    let query = QueryString::new().with("page_size", page_size).with_option("cursor", cursor);
    client.get(&query.on(&format!("{record}/timeline"))).await
}
