//! Light or dark. `assets/theme.js` sets the stored choice before the first paint; from
//! then on this keeps `<html data-theme>`.

use super::storage;
use leptos::prelude::*;

/// What the person chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    /// In the order in which the menu shows them.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The value of `data-theme`; none lets the system decide.
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    fn stored() -> Self {
        let stored = storage::get(storage::THEME);
        Self::ALL
            .into_iter()
            .find(|theme| theme.attribute() == stored.as_deref())
            .unwrap_or_default()
    }
}

/// The chosen theme, shared by context.
#[derive(Clone, Copy)]
pub struct ThemeChoice(RwSignal<Theme>);

impl ThemeChoice {
    /// The choice; tracked.
    pub fn get(self) -> Theme {
        self.0.get()
    }

    /// Chooses and remembers.
    pub fn set(self, theme: Theme) {
        storage::set(storage::THEME, theme.attribute());
        self.0.set(theme);
    }
}

/// Reads the stored choice and keeps the document in step. Call once, in the root.
pub fn provide_theme() -> ThemeChoice {
    let choice = ThemeChoice(RwSignal::new(Theme::stored()));
    Effect::new(move || {
        let Some(root) = document().document_element() else { return };
        let _ = match choice.get().attribute() {
            Some(value) => root.set_attribute("data-theme", value),
            None => root.remove_attribute("data-theme"),
        };
    });
    provide_context(choice);
    choice
}

/// The choice that the root provided.
pub fn use_theme() -> ThemeChoice {
    expect_context()
}
