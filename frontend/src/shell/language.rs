//! The choice of language, in menus and on pages without a shell.

use crate::state::locale::set_locale;
use crate::state::{locale, t};
use crate::ui::{Choice, Icon, IconView, Menu, MenuChoice};
use ebenezer_shared::locale::{Locale, Text};
use ebenezer_shared::texts;
use leptos::prelude::*;

/// A language by its own name.
pub const fn name(locale: Locale) -> Text {
    match locale {
        Locale::Es => texts::languages::ES,
        Locale::En => texts::languages::EN,
    }
}

/// The languages as entries of a menu.
#[component]
pub fn LanguageChoices() -> impl IntoView {
    Locale::ALL
        .map(|it| view! {
            <MenuChoice checked=Signal::derive(move || locale() == it) on_select=move || set_locale(it)>
                {t(name(it))}
            </MenuChoice>
        })
        .collect_view()
}

/// A menu of its own, for login and registration.
#[component]
pub fn LanguageMenu() -> impl IntoView {
    let trigger = || {
        view! {
            <IconView icon=Icon::Language/>
            <span>{move || name(locale()).get(locale())}</span>
            <IconView icon=Icon::ChevronDown/>
        }
    };
    view! {
        <Menu label=t(texts::shell::LANGUAGE) trigger trigger_says_it=true>
            <LanguageChoices/>
        </Menu>
    }
}

/// The languages as choices of a form; the values are their tags.
pub fn choices() -> Vec<Choice> {
    Choice::texts(Locale::ALL.map(|locale| (locale.tag(), name(locale))))
}
