//! The frame of pages that one sees before logging in.

use crate::shell::banners::Banners;
use crate::shell::language::LanguageMenu;
use crate::shell::navigation::{Brand, Stones};
use crate::shell::theme::ThemeMenu;
use crate::state::t;
use ebenezer_shared::texts;
use leptos::children::Children;
use leptos::prelude::*;

/// A quiet picture on one side, a form on the other.
#[component]
pub fn AccountFrame(
    #[prop(into)] title: TextProp,
    #[prop(into)] detail: TextProp,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="account">
            <aside class="account-side" aria-label="Ebenezer">
                <Brand/>
                <Stones class="account-art"/>
                <p class="account-tagline">{t(texts::auth::TAGLINE)}</p>
            </aside>
            <div class="account-main">
                <Banners/>
                <header class="account-top">
                    <div class="account-brand"><Brand/></div>
                    <div class="account-choices">
                        <LanguageMenu/>
                        <ThemeMenu/>
                    </div>
                </header>
                <main class="account-form">
                    <h1 class="account-title">{move || title.get()}</h1>
                    <p class="account-detail">{move || detail.get()}</p>
                    {children()}
                </main>
            </div>
        </div>
    }
}
