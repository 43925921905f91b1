//! Making one record of several: side by side, field by field.

mod page;
mod sides;
mod table;
mod words;

pub use page::{MergeContactsPage, MergeCorporationsPage};
pub use words::named;

use crate::routes::Route;
use crate::state::Session;
use ebenezer_shared::crm::merge::MAX_MERGED;
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::permission::{Action, Module};
use uuid::Uuid;

/// The parameter that names the other records, with commas.
pub const WITH: &str = "with";

/// Whether the person may merge records of the list; tracked.
pub fn may_merge(session: Session, list: ListName) -> bool {
    let module = match list {
        ListName::Contacts => Module::Contacts,
        ListName::Corporations => Module::Corporations,
    };
    session.allows(module, Action::Change) && session.allows(module, Action::Delete)
}

/// The page of a record of the list.
pub fn record_route(list: ListName, id: Uuid) -> Route {
    match list {
        ListName::Contacts => Route::Contact(id.into()),
        ListName::Corporations => Route::Corporation(id.into()),
    }
}

/// So many records are merged at once.
pub const MOST: usize = MAX_MERGED + 1;

/// Where records are merged: `id` is proposed to stay.
pub fn merge_path(list: ListName, id: Uuid, with: &[Uuid]) -> String {
    let route = match list {
        ListName::Contacts => Route::MergeContact(id.into()),
        ListName::Corporations => Route::MergeCorporation(id.into()),
    };
    let with: Vec<String> = with.iter().map(Uuid::to_string).collect();
    format!("{}?{WITH}={}", route.path(), with.join(","))
}
