//! People and companies around a record.

use super::client::Client;
use super::error::ApiError;
use super::query_string::QueryString;
use chrono::NaiveDate;
use ebenezer_shared::crm::graph::Graph;

/// `GET {record}/graph`: as of a day, or of today. `record` is the API's path of a record.
pub async fn around(
    client: Client,
    record: &str,
    as_of: Option<NaiveDate>,
) -> Result<Graph, ApiError> {
    let query = QueryString::new().with_option("as_of", as_of);
    client.get(&query.on(&format!("{record}/graph"))).await
}
