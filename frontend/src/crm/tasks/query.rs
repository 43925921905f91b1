//! Which tasks are shown, as the URL says it.

use super::super::about::{About, CASE};
use super::super::clients::{CONTACT, CORPORATION};
use super::super::filters::{BY_WORD, Filter, Order, SEARCH, STATUS, ordering};
use super::super::listing::{PAGE, PAGE_SIZE, page_number, page_size};
use crate::api::QueryString;
use crate::routes::Route;
use crate::state::UrlState;
use ebenezer_shared::crm::priority::Priority;
use ebenezer_shared::crm::task::TaskStatus;
use ebenezer_shared::ids::{CaseId, ContactId, CorporationId, UserId};
use ebenezer_shared::texts::{record, tasks as k};

/// What the list shows that filters by no status.
const PENDING: &str = "pending";
/// Whatever their status is.
pub const ALL: &str = "all";

pub static BY_STATUS: Filter =
    Filter { key: STATUS, known: |name| name == ALL || name.parse::<TaskStatus>().is_ok() };
pub static BY_PRIORITY: Filter = Filter::of::<Priority>("priority");
pub static BY_ASSIGNEE: Filter = Filter::of::<UserId>("assignee_id");
pub static BY_LATE: Filter = Filter { key: "overdue", known: |value| value == "true" };
static BY_CONTACT: Filter = Filter::of::<ContactId>(CONTACT);
static BY_CORPORATION: Filter = Filter::of::<CorporationId>(CORPORATION);
static BY_CASE: Filter = Filter::of::<CaseId>(CASE);

/// All that the list can be filtered by.
pub static FILTERS: [&Filter; 8] = [
    &BY_WORD,
    &BY_STATUS,
    &BY_PRIORITY,
    &BY_ASSIGNEE,
    &BY_LATE,
    &BY_CONTACT,
    &BY_CORPORATION,
    &BY_CASE,
];

/// All that the list can be sorted by.
pub static ORDERS: [Order; 5] = [
    Order::due("due_at", k::DUE_DAY),
    Order::text("title", k::TASK),
    Order::text("status", k::STATUS),
    Order::time("created_at", record::CREATED),
    Order::time("updated_at", record::UPDATED),
];

/// What the URL asks for, for the API's list; tracked.
pub fn read(url: UrlState) -> String {
    let mut query = QueryString::new();
    for filter in FILTERS {
        let value = if filter.key == SEARCH { url.text(SEARCH) } else { filter.value(url) };
        let value = match (filter.key, value.as_str()) {
            (STATUS, "") => PENDING.to_owned(),
            (STATUS, ALL) => String::new(),
            _ => value,
        };
        query = query.with_text(filter.key, &value);
    }
    query
        .with(PAGE, page_number(url))
        .with(PAGE_SIZE, page_size(url))
        .with_text("ordering", &ordering(url, &ORDERS))
        .on("")
}

impl About {
    /// The list of tasks about it.
    pub fn tasks(self) -> String {
        self.query().on(&Route::Tasks.path())
    }

    /// The form of a new task about it.
    pub fn new_task(self) -> String {
        self.query().on(&Route::NewTask.path())
    }

    /// What the API is asked for: the tasks that are to be done next.
    pub fn pending_tasks(self, count: u64) -> String {
        self.query().with(STATUS, PENDING).with(PAGE_SIZE, count).on("")
    }
}
