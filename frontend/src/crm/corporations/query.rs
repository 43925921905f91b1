//! Which corporations the list shows, as the URL says it.

use super::super::status::{corporation_status, corporation_type};
use crate::api::corporations::ListCorporations;
use crate::crm::contacts::query::known_order;
use crate::state::UrlState;
use ebenezer_shared::pagination::{DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE};

/// The names in the URL, those of the API.
pub const SEARCH: &str = "search";
pub const STATUS: &str = "status";
pub const TYPE: &str = "type";
pub const ORDERING: &str = "ordering";
pub const PAGE: &str = "page";
pub const PAGE_SIZE: &str = "page_size";

/// The order that is the list's own, and stands in no URL.
pub const BY_NAME: &str = "name";

const ORDERS: [&str; 4] = [BY_NAME, "status", "created_at", "updated_at"];

/// What the URL asks for; values that make no sense are passed over. Tracked.
pub fn read(url: UrlState) -> ListCorporations {
    ListCorporations {
        page: url.parse(PAGE).unwrap_or(1).max(1),
        page_size: url.parse(PAGE_SIZE).unwrap_or(DEFAULT_PAGE_SIZE).clamp(1, MAX_PAGE_SIZE),
        search: url.text(SEARCH),
        ordering: known_order(url.text(ORDERING), &ORDERS),
        status: url.get(STATUS).and_then(|name| corporation_status(&name)),
        kind: url.get(TYPE).and_then(|name| corporation_type(&name)),
    }
}

/// Whether anything is searched or filtered.
pub fn is_filtered(query: &ListCorporations) -> bool {
    !query.search.is_empty() || query.status.is_some() || query.kind.is_some()
}
