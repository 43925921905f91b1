//! The firm's audit log.

use super::client::Client;
use super::error::ApiError;
use super::query_string::QueryString;
use ebenezer_shared::audit::AuditEntry;
use ebenezer_shared::pagination::Page;

const PATH: &str = "/api/audit-logs";

/// Which entries; empty texts filter nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListEntries {
    pub page: u64,
    pub page_size: u64,
    /// With commas: `contact.update,contact.delete`
    pub action: String,
    pub resource_type: String,
    pub actor_id: String,
    /// `YYYY-MM-DD`, a day of the firm.
    pub from: String,
    /// `YYYY-MM-DD`, that day included.
    pub to: String,
}

impl ListEntries {
    fn filters(&self) -> QueryString {
        QueryString::new()
            .with_text("action", &self.action)
            .with_text("resource_type", &self.resource_type)
            .with_text("actor_id", &self.actor_id)
            .with_text("from", &self.from)
            .with_text("to", &self.to)
    }
}

/// `GET /api/audit-logs`
pub async fn list(client: Client, wanted: &ListEntries) -> Result<Page<AuditEntry>, ApiError> {
    let query = wanted.filters().with("page", wanted.page).with("page_size", wanted.page_size);
    client.get(&query.on(PATH)).await
}

/// Where the filtered entries are to be had as CSV.
pub fn export(wanted: &ListEntries) -> String {
    wanted.filters().on(&format!("{PATH}/export"))
}
