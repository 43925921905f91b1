//! Whether single keys act on lists. People who speak to their computer or hit keys by
//! accident can turn them off (WCAG 2.1.4).

use super::storage;
use leptos::prelude::*;

/// The choice, shared by context.
#[derive(Clone, Copy)]
pub struct Shortcuts(RwSignal<bool>);

impl Shortcuts {
    /// Whether they are on; tracked.
    pub fn get(self) -> bool {
        self.0.get()
    }

    /// Whether they are on at this moment.
    pub fn get_untracked(self) -> bool {
        self.0.get_untracked()
    }

    /// Turns them on or off and remembers it.
    pub fn set(self, on: bool) {
        storage::set(storage::SHORTCUTS, (!on).then_some("off"));
        self.0.set(on);
    }
}

/// Reads the stored choice. Call once, in the root.
pub fn provide_shortcuts() {
    provide_context(Shortcuts(RwSignal::new(storage::get(storage::SHORTCUTS).is_none())));
}

/// The choice that the root provided.
pub fn use_shortcuts() -> Shortcuts {
    expect_context()
}
