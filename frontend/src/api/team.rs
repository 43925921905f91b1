//! The firm's own people.

use super::client::Client;
use super::error::ApiError;
use super::query_string::QueryString;
use ebenezer_shared::pagination::{MAX_PAGE_SIZE, Page};
use ebenezer_shared::team::TeamMember;

/// `GET /api/team`: whose name or email holds `search`; all when it is empty.
pub async fn list(client: Client, search: &str) -> Result<Page<TeamMember>, ApiError> {
    let query = QueryString::new().with("page_size", MAX_PAGE_SIZE).with_text("search", search);
    client.get(&query.on("/api/team")).await
}
