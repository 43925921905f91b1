//! What holds for every page: no connection, a paused firm.

use crate::state::online::use_online;
use crate::state::{locale, t, use_session};
use crate::ui::{Icon, IconView};
use ebenezer_shared::tenant::TenantStatus;
use ebenezer_shared::texts;
use leptos::prelude::*;

/// The banners that hold now.
#[component]
pub fn Banners() -> impl IntoView {
    let online = use_online();
    let session = use_session();
    let paused = move || {
        session
            .tenant()
            .filter(|tenant| tenant.status == TenantStatus::Paused)
            .map(|tenant| tenant.company)
    };
    view! {
        <div class="banners" role="status">
            <Show when=move || !online.get()>
                <p class="banner" data-tone="danger">
                    <IconView icon=Icon::Offline/>
                    {t(texts::offline::BANNER)}
                </p>
            </Show>
            {move || paused().map(|company| view! {
                <p class="banner" data-tone="warning">
                    <IconView icon=Icon::Alert/>
                    {move || texts::shell::paused(locale(), &company)}
                </p>
            })}
        </div>
    }
}
