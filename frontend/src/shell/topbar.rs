//! The bar above pages. Search, “new” and notifications come between the firm and the
//! person when they are built.

use super::person_menu::PersonMenu;
use super::tenant_switch::TenantSwitch;
use crate::state::t;
use crate::ui::{Icon, IconButton};
use ebenezer_shared::texts;
use leptos::prelude::*;

/// Firm on one side, person on the other; on phones the button that opens the navigation.
#[component]
pub fn TopBar(#[prop(into)] on_menu: Callback<()>) -> impl IntoView {
    view! {
        <header class="topbar">
            <div class="topbar-menu">
                <IconButton icon=Icon::Menu label=t(texts::shell::OPEN_NAVIGATION) on_click=on_menu/>
            </div>
            <TenantSwitch/>
            <div class="topbar-end">
                <PersonMenu/>
            </div>
        </header>
    }
}
