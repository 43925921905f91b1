//! Which corporations the list shows, as the URL says it.

use super::super::listing::{BY_NAME, SEARCH, STATUS, ordering, page_number, page_size};
use super::super::status::{corporation_status, corporation_type};
use crate::api::corporations::ListCorporations;
use crate::state::UrlState;

/// The type's name in the URL, that of the API.
pub const TYPE: &str = "type";

/// All that the list can be filtered by.
pub static FILTERS: [&str; 3] = [SEARCH, STATUS, TYPE];

const ORDERS: [&str; 4] = [BY_NAME, "status", "created_at", "updated_at"];

/// What the URL asks for; values that make no sense are passed over. Tracked.
pub fn read(url: UrlState) -> ListCorporations {
    ListCorporations {
        page: page_number(url),
        page_size: page_size(url),
        search: url.text(SEARCH),
        ordering: ordering(url, &ORDERS),
        status: url.get(STATUS).and_then(|name| corporation_status(&name)),
        kind: url.get(TYPE).and_then(|name| corporation_type(&name)),
    }
}
