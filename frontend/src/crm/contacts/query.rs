//! Which contacts the list shows, as the URL says it.

use super::super::status::contact_status;
use crate::api::QueryString;
use crate::api::contacts::ListContacts;
use crate::state::UrlState;
use ebenezer_shared::pagination::{DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE};

/// The names in the URL, those of the API.
pub const SEARCH: &str = "search";
pub const STATUS: &str = "status";
pub const CORPORATION: &str = "corporation_id";
pub const DEPARTMENT: &str = "department_id";
pub const OWNER: &str = "owner_id";
pub const ORDERING: &str = "ordering";
pub const PAGE: &str = "page";
pub const PAGE_SIZE: &str = "page_size";

/// The order that is the list's own, and stands in no URL.
pub const BY_NAME: &str = "name";

const ORDERS: [&str; 6] = [BY_NAME, "email", "status", "client_since", "created_at", "updated_at"];

/// What the URL asks for; values that make no sense are passed over. Tracked.
pub fn read(url: UrlState) -> ListContacts {
    ListContacts {
        page: url.parse(PAGE).unwrap_or(1).max(1),
        page_size: url.parse(PAGE_SIZE).unwrap_or(DEFAULT_PAGE_SIZE).clamp(1, MAX_PAGE_SIZE),
        search: url.text(SEARCH),
        ordering: known_order(url.text(ORDERING), &ORDERS),
        status: url.get(STATUS).and_then(|name| contact_status(&name)),
        corporation_id: url.parse(CORPORATION),
        department_id: url.parse(DEPARTMENT),
        owner_id: url.parse(OWNER),
    }
}

/// The order when it is one of `orders`, else none.
pub fn known_order(ordering: String, orders: &[&str]) -> String {
    let name = ordering.strip_prefix('-').unwrap_or(&ordering);
    if orders.contains(&name) { ordering } else { String::new() }
}

/// Whether anything is searched or filtered.
pub fn is_filtered(query: &ListContacts) -> bool {
    !query.search.is_empty()
        || query.status.is_some()
        || query.corporation_id.is_some()
        || query.department_id.is_some()
        || query.owner_id.is_some()
}

/// The list of a corporation's or a department's people: the path with the filter.
pub fn filtered_by(name: &str, value: impl std::fmt::Display) -> String {
    QueryString::new().with(name, value).on(&crate::routes::Route::Contacts.path())
}
