//! The choice between light and dark, in menus and on pages without a shell.

use crate::state::t;
use crate::state::theme::{Theme, use_theme};
use crate::ui::float::FloatAlign;
use crate::ui::{Icon, IconView, Menu, MenuChoice};
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use leptos::prelude::*;

const fn look(theme: Theme) -> (Icon, Text) {
    match theme {
        Theme::System => (Icon::Monitor, texts::themes::SYSTEM),
        Theme::Light => (Icon::Sun, texts::themes::LIGHT),
        Theme::Dark => (Icon::Moon, texts::themes::DARK),
    }
}

/// The themes as entries of a menu.
#[component]
pub fn ThemeChoices() -> impl IntoView {
    let choice = use_theme();
    Theme::ALL
        .map(|theme| {
            let (icon, text) = look(theme);
            view! {
                <MenuChoice
                    icon
                    checked=Signal::derive(move || choice.get() == theme)
                    on_select=move || choice.set(theme)
                >
                    {t(text)}
                </MenuChoice>
            }
        })
        .collect_view()
}

/// A menu of its own, for login and registration.
#[component]
pub fn ThemeMenu() -> impl IntoView {
    let choice = use_theme();
    let trigger = move || {
        let icon = Signal::derive(move || look(choice.get()).0);
        view! { <IconView icon/> }
    };
    view! {
        <Menu label=t(texts::shell::THEME) trigger icon_only=true align=FloatAlign::End>
            <ThemeChoices/>
        </Menu>
    }
}
