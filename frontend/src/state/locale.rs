//! The language of the interface. Spanish until somebody chooses.
//!
//! The language belongs to the browser window, not to a part of the view, so it is the one
//! piece of state that every function reaches without a context.

use super::storage;
use ebenezer_shared::locale::{Locale, Text};
use leptos::prelude::*;
use std::sync::LazyLock;

static LOCALE: LazyLock<ArcRwSignal<Locale>> =
    LazyLock::new(|| ArcRwSignal::new(stored().unwrap_or_default()));

fn stored() -> Option<Locale> {
    let tag = storage::get(storage::LOCALE)?;
    Locale::ALL.into_iter().find(|locale| locale.tag() == tag)
}

/// The language; views and effects that ask run again when it changes.
pub fn locale() -> Locale {
    LOCALE.get()
}

/// The language at this moment, for event handlers and requests.
pub fn locale_now() -> Locale {
    LOCALE.get_untracked()
}

/// Switches and remembers the language.
pub fn set_locale(locale: Locale) {
    storage::set(storage::LOCALE, Some(locale.tag()));
    LOCALE.set(locale);
}

/// Takes the language of the account when nobody has chosen one in this browser.
pub fn propose_locale(locale: Locale) {
    if stored().is_none() && locale != locale_now() {
        LOCALE.set(locale);
    }
}

/// A text that follows the language, for views and for props that take text:
/// `{t(texts::common::SAVE)}`, `label=t(texts::auth::EMAIL)`.
pub fn t(text: Text) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    move || text.get(locale())
}

/// Keeps `<html lang>` true. Call once, in the root.
pub fn reflect_locale() {
    Effect::new(|| {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", locale().tag());
        }
    });
}
