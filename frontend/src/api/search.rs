//! One search over everything.

use super::client::Client;
use super::error::ApiError;
use super::query_string::QueryString;
use ebenezer_shared::search::{Found, RecordName};

const PATH: &str = "/api/search";

/// `GET /api/search` for words.
pub async fn words(client: Client, words: &str) -> Result<Found, ApiError> {
    client.get(&QueryString::new().with("q", words).on(PATH)).await
}

/// `GET /api/search` for records by their ids.
pub async fn records(client: Client, names: &[RecordName]) -> Result<Found, ApiError> {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    client.get(&QueryString::new().with("records", names.join(",")).on(PATH)).await
}
