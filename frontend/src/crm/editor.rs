//! A form on something that the firm keeps: what it held at first, what it holds now, and
//! what is wrong with it.

use crate::state::{FormErrors, guard_unsaved};
use crate::ui::Model;
use leptos::prelude::*;

/// The state of a form. `D` is all that can be typed into it.
pub struct Editor<D: Send + Sync + 'static> {
    draft: RwSignal<D>,
    clean: RwSignal<D>,
    pub errors: FormErrors,
    /// A request is under way.
    pub saving: RwSignal<bool>,
}

impl<D: Send + Sync + 'static> Clone for Editor<D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D: Send + Sync + 'static> Copy for Editor<D> {}

impl<D: Clone + PartialEq + Send + Sync + 'static> Editor<D> {
    /// A form that holds `start`. Leaving it asks as soon as it holds something else.
    pub fn new(start: D) -> Self {
        let editor = Self {
            draft: RwSignal::new(start.clone()),
            clean: RwSignal::new(start),
            errors: FormErrors::new(),
            saving: RwSignal::new(false),
        };
        guard_unsaved(Signal::derive(move || {
            editor.draft.with(|draft| editor.clean.with(|clean| draft != clean))
        }));
        editor
    }

    /// What it holds now.
    pub fn now(self) -> D {
        self.draft.get_untracked()
    }

    /// What it holds; tracked.
    pub fn with<U>(self, look: impl FnOnce(&D) -> U) -> U {
        self.draft.with(look)
    }

    /// Changes what it holds.
    pub fn update(self, change: impl FnOnce(&mut D)) {
        self.draft.update(change);
    }

    /// It holds what is stored: there is nothing to lose any more.
    pub fn settle(self, stored: D) {
        self.clean.set(stored.clone());
        self.draft.set(stored);
    }

    /// What it holds was stored, or shall be given up.
    pub fn settle_as_is(self) {
        self.clean.set(self.now());
    }

    /// A part of it, for an input. Typing takes the message of the field `name` away.
    pub fn part<T>(self, name: &'static str, get: fn(&D) -> T, set: fn(&mut D, T)) -> Model<T>
    where
        T: Clone + PartialEq + Send + Sync + 'static,
    {
        let read = Memo::new(move |_| self.draft.with(get));
        Model::new(read, move |value| {
            self.errors.clear_field(name);
            self.draft.update(|draft| set(draft, value));
        })
    }
}

/// The part of an editor that is one field of its draft, with the field's name on the wire.
macro_rules! part {
    ($editor:expr, $($field:ident).+) => {
        $crate::crm::editor::part!($editor, $($field).+, stringify!($($field).+))
    };
    ($editor:expr, $($field:ident).+, $name:expr) => {
        $editor.part($name, |draft| draft.$($field).+.clone(), |draft, value| draft.$($field).+ = value)
    };
}
pub(crate) use part;
