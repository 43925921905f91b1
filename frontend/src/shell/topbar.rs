//! The bar above pages.

use super::palette::SearchButton;
use super::person_menu::PersonMenu;
use super::tenant_switch::TenantSwitch;
use crate::state::t;
use crate::ui::{Icon, IconButton};
use ebenezer_shared::texts;
use leptos::prelude::*;

/// Firm on one side, search and person on the other; on phones the button that opens the
/// navigation.
#[component]
pub fn TopBar(
    #[prop(into)] on_menu: Callback<()>,
    #[prop(into)] on_search: Callback<()>,
) -> impl IntoView {
    view! {
        <header class="topbar">
            <div class="topbar-menu">
                <IconButton icon=Icon::Menu label=t(texts::shell::OPEN_NAVIGATION) on_click=on_menu/>
            </div>
            <TenantSwitch/>
            <div class="topbar-end">
                <SearchButton on_search/>
                <PersonMenu/>
            </div>
        </header>
    }
}
