//! Changing many records at once, and taking it back.

mod acting;
mod bar;
pub mod page;

pub use acting::undo;
pub use bar::BulkBar;

use crate::state::use_session;
use ebenezer_shared::permission::{Named, Permission};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The ids of the selected rows.
pub type Selection = RwSignal<BTreeSet<String>>;

/// What changing many at once needs.
pub const BULK: Permission = Permission::Named(Named::BulkRun);

/// A selection, for those who can do something with it.
pub fn use_selection() -> Option<Selection> {
    let session = use_session();
    untrack(|| session.can(BULK)).then(|| RwSignal::new(BTreeSet::new()))
}
