//! Which cases are shown, as the URL says it.

use super::super::clients::{CONTACT, CORPORATION, ClientId};
use super::super::filters::{BY_WORD, Filter, Order, SEARCH, STATUS, ordering};
use super::super::listing::{PAGE, PAGE_SIZE, page_number, page_size};
use crate::api::QueryString;
use crate::routes::Route;
use crate::state::UrlState;
use ebenezer_shared::crm::case::{CaseStatus, CaseType};
use ebenezer_shared::crm::priority::Priority;
use ebenezer_shared::ids::{ContactId, CorporationId, DepartmentId, UserId};
use ebenezer_shared::texts::{cases as c, record};

/// All that is neither accepted nor closed.
pub const OPEN: &str = "open";

pub static BY_STATUS: Filter =
    Filter { key: STATUS, known: |name| name == OPEN || name.parse::<CaseStatus>().is_ok() };
pub static BY_TYPE: Filter = Filter::of::<CaseType>("type");
pub static BY_PRIORITY: Filter = Filter::of::<Priority>("priority");
pub static BY_ASSIGNEE: Filter = Filter::of::<UserId>("assignee_id");
pub static BY_DEPARTMENT: Filter = Filter::of::<DepartmentId>("department_id");
pub static BY_LATE: Filter = Filter { key: "overdue", known: |value| value == "true" };
static BY_CONTACT: Filter = Filter::of::<ContactId>(CONTACT);
static BY_CORPORATION: Filter = Filter::of::<CorporationId>(CORPORATION);

/// All that the list and the board can be filtered by.
pub static FILTERS: [&Filter; 9] = [
    &BY_WORD,
    &BY_STATUS,
    &BY_TYPE,
    &BY_PRIORITY,
    &BY_ASSIGNEE,
    &BY_DEPARTMENT,
    &BY_LATE,
    &BY_CONTACT,
    &BY_CORPORATION,
];

/// All that the list can be sorted by.
pub static ORDERS: [Order; 5] = [
    Order::time("created_at", record::CREATED),
    Order::due("due_on", c::DUE_ON),
    Order::time("updated_at", record::UPDATED),
    Order::text("status", c::STATUS),
    Order::time("tax_year", c::TAX_YEAR),
];

/// What the URL filters by, for the API; tracked.
pub fn filters(url: UrlState) -> QueryString {
    let mut query = QueryString::new();
    for filter in FILTERS {
        let value = if filter.key == SEARCH { url.text(SEARCH) } else { filter.value(url) };
        query = query.with_text(filter.key, &value);
    }
    query
}

/// What the URL asks for, for the API's list; tracked.
pub fn read(url: UrlState) -> String {
    filters(url)
        .with(PAGE, page_number(url))
        .with(PAGE_SIZE, page_size(url))
        .with_text("ordering", &ordering(url, &ORDERS))
        .on("")
}

/// The same filters on another page of cases.
pub fn also_on(url: UrlState, route: Route) -> String {
    filters(url).on(&route.path())
}

/// The list of the client's cases.
pub fn list_of(client: ClientId) -> String {
    client.query().on(&Route::Cases.path())
}

/// The form of a new case of the client.
pub fn new_of(client: ClientId) -> String {
    client.query().on(&Route::NewCase.path())
}

/// What the API is asked for: the client's latest few.
pub fn latest_of(client: ClientId, count: u64) -> String {
    client.query().with(PAGE_SIZE, count).on("")
}
