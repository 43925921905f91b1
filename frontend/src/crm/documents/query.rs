//! Which documents are shown, as the URL says it.

use super::super::clients::{CONTACT, CORPORATION, ClientId};
use super::super::filters::{BY_WORD, Filter, Order, SEARCH, ordering};
use super::super::listing::{PAGE, PAGE_SIZE, page_number, page_size};
use crate::api::QueryString;
use crate::routes::Route;
use crate::state::UrlState;
use ebenezer_shared::crm::document::DocumentKind;
use ebenezer_shared::ids::{ContactId, CorporationId, DepartmentId, FolderId};
use ebenezer_shared::texts::{documents as d, record};

pub static BY_KIND: Filter =
    Filter { key: "kind", known: |name| DocumentKind::named(name).is_some() };
pub static BY_SHARED: Filter = Filter::of::<bool>("shared_with_portal");
pub static BY_DEPARTMENT: Filter = Filter::of::<DepartmentId>("department_id");
static BY_FOLDER: Filter = Filter::of::<FolderId>("folder_id");
static BY_CONTACT: Filter = Filter::of::<ContactId>(CONTACT);
static BY_CORPORATION: Filter = Filter::of::<CorporationId>(CORPORATION);

/// All that the list can be filtered by.
pub static FILTERS: [&Filter; 7] =
    [&BY_WORD, &BY_KIND, &BY_SHARED, &BY_DEPARTMENT, &BY_FOLDER, &BY_CONTACT, &BY_CORPORATION];

/// All that the list can be sorted by.
pub static ORDERS: [Order; 3] = [
    Order::time("created_at", record::CREATED),
    Order::time("updated_at", record::UPDATED),
    Order::text("name", d::NAME),
];

/// What the URL asks for, for the API; tracked.
pub fn read(url: UrlState, trashed: bool) -> String {
    let mut query = QueryString::new();
    for filter in FILTERS {
        let value = if filter.key == SEARCH { url.text(SEARCH) } else { filter.value(url) };
        query = query.with_text(filter.key, &value);
    }
    let order = ordering(url, &ORDERS);
    let order = if order.is_empty() { "-created_at" } else { &order };
    query
        .with_option("trashed", trashed.then_some(true))
        .with(PAGE, page_number(url))
        .with(PAGE_SIZE, page_size(url))
        .with("ordering", order)
        .on("")
}

/// The query of what lies in a folder, or of all that a client has.
pub fn within(client: ClientId, folder: Option<FolderId>) -> QueryString {
    folder.map_or_else(|| client.query(), |id| QueryString::new().with(BY_FOLDER.key, id))
}

/// The list of the same.
pub fn list_of(client: ClientId, folder: Option<FolderId>) -> String {
    within(client, folder).on(&Route::Documents.path())
}
