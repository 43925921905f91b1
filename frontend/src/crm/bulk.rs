//! Changing many records at once, and taking it back.

mod acting;
mod bar;
pub mod page;
mod running;

pub use acting::undo;
pub use bar::BulkBar;

use super::merge::may_merge;
use crate::state::{Session, use_session};
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::permission::{Named, Permission};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The ids of the selected rows.
pub type Selection = RwSignal<BTreeSet<String>>;

/// What changing many at once needs.
pub const BULK: Permission = Permission::Named(Named::BulkRun);

/// Whether there is something that the person could take back; tracked.
pub fn may_take_back(session: Session) -> bool {
    let merges = [ListName::Contacts, ListName::Corporations];
    session.can(BULK) || merges.into_iter().any(|list| may_merge(session, list))
}

/// A selection, for those who can do something with it.
pub fn use_selection() -> Option<Selection> {
    let session = use_session();
    untrack(|| session.can(BULK)).then(|| RwSignal::new(BTreeSet::new()))
}
