//! Which contacts the list shows, as the URL says it.

use super::super::filters::{BY_NAME, BY_WORD, Filter, Order, SEARCH, STATUS, ordering};
use super::super::listing::{page_number, page_size};
use super::super::status::contact_status;
use super::super::tags::{TAG, tags_of};
use super::super::views::Shape;
use crate::api::QueryString;
use crate::api::contacts::ListContacts;
use crate::routes::Route;
use crate::state::UrlState;
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::ids::{CorporationId, DepartmentId, UserId};
use ebenezer_shared::texts::{address, contacts as c, record, tags};

/// Names in the URL, those of the API.
pub const CORPORATION: &str = "corporation_id";
const DEPARTMENT: &str = "department_id";
const OWNER: &str = "owner_id";

pub static BY_STATUS: Filter = Filter { key: STATUS, known: |name| contact_status(name).is_some() };
pub static BY_CORPORATION: Filter = Filter::of::<CorporationId>(CORPORATION);
pub static BY_DEPARTMENT: Filter = Filter::of::<DepartmentId>(DEPARTMENT);
pub static BY_OWNER: Filter = Filter::of::<UserId>(OWNER);

/// All that the list can be filtered by.
pub static FILTERS: [&Filter; 6] =
    [&BY_WORD, &BY_STATUS, &BY_CORPORATION, &BY_DEPARTMENT, &BY_OWNER, &TAG];

/// All that the list can be sorted by.
pub static ORDERS: [Order; 6] = [
    Order::text(BY_NAME, c::NAME),
    Order::text("email", c::EMAIL_SHORT),
    Order::text("status", c::STATUS),
    Order::time("client_since", c::CLIENT_SINCE),
    Order::time("created_at", record::CREATED),
    Order::time("updated_at", record::UPDATED),
];

/// What the list can be filtered, sorted and shown by.
pub static SHAPE: Shape = Shape {
    list: ListName::Contacts,
    filters: &FILTERS,
    orders: &ORDERS,
    columns: &[
        ("email", c::EMAIL_SHORT),
        ("phone", c::PHONE),
        ("corporations", c::CORPORATIONS),
        ("status", c::STATUS),
        ("tags", tags::TITLE),
        ("department", c::DEPARTMENT),
        ("owner", c::OWNER),
        ("client_since", c::CLIENT_SINCE),
        ("city", address::CITY),
        ("region", address::REGION),
        ("created_at", record::CREATED),
        ("updated_at", record::UPDATED),
    ],
    shown: &["email", "phone", "corporations", "status", "tags"],
};

/// What the URL asks for; values that make no sense are passed over. Tracked.
pub fn read(url: UrlState) -> ListContacts {
    ListContacts {
        page: page_number(url),
        page_size: page_size(url),
        search: url.text(SEARCH),
        ordering: ordering(url, &ORDERS),
        status: url.get(STATUS).and_then(|name| contact_status(&name)),
        corporation_id: url.parse(CORPORATION),
        department_id: url.parse(DEPARTMENT),
        owner_id: url.parse(OWNER),
        tags: tags_of(url),
    }
}

/// The list of a corporation's people.
pub fn people_of(id: CorporationId) -> String {
    QueryString::new().with(CORPORATION, id).on(&Route::Contacts.path())
}

/// The list of a department's people.
pub fn people_in(id: DepartmentId) -> String {
    QueryString::new().with(DEPARTMENT, id).on(&Route::Contacts.path())
}

/// The form of a new contact whose primary corporation this is.
pub fn new_person_of(id: CorporationId) -> String {
    QueryString::new().with(CORPORATION, id).on(&Route::NewContact.path())
}
