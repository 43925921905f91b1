//! Which contacts the list shows, as the URL says it.

use super::super::listing::{BY_NAME, SEARCH, STATUS, ordering, page_number, page_size};
use super::super::status::contact_status;
use crate::api::QueryString;
use crate::api::contacts::ListContacts;
use crate::routes::Route;
use crate::state::UrlState;
use ebenezer_shared::ids::{CorporationId, DepartmentId};

/// Names in the URL, those of the API.
pub const CORPORATION: &str = "corporation_id";
pub const DEPARTMENT: &str = "department_id";
pub const OWNER: &str = "owner_id";

/// All that the list can be filtered by.
pub static FILTERS: [&str; 5] = [SEARCH, STATUS, CORPORATION, DEPARTMENT, OWNER];

const ORDERS: [&str; 6] = [BY_NAME, "email", "status", "client_since", "created_at", "updated_at"];

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
