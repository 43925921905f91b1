//! Deleting a case. There is no way back, so it asks.

use crate::api::{self, ApiError, use_client};
use crate::state::{locale_now, t, use_toasts};
use crate::ui::Confirm;
use ebenezer_shared::ids::CaseId;
use ebenezer_shared::texts;
use ebenezer_shared::texts::cases as c;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Asks, and does it.
#[component]
pub fn DeleteCase(
    id: CaseId,
    etag: Option<String>,
    asking: RwSignal<bool>,
    #[prop(into)] on_done: Callback<()>,
    #[prop(into)] on_failed: Callback<ApiError>,
) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let pending = RwSignal::new(false);
    let confirm = move || {
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        let etag = etag.clone();
        spawn_local(async move {
            let answer = api::cases::delete(client, id, etag.as_deref()).await;
            pending.try_set(false);
            asking.try_set(false);
            match answer {
                // Gone is gone, whoever deleted it.
                Err(error) if error.status() != Some(404) => {
                    toasts.error(error.title(locale_now()));
                    on_failed.try_run(error);
                }
                _ => {
                    toasts.success(t(c::DELETED));
                    on_done.try_run(());
                }
            }
        });
    };
    view! {
        <Confirm
            open=asking
            title=t(c::DELETE_TITLE)
            detail=t(c::DELETE_DETAIL)
            confirm_label=t(texts::common::DELETE)
            danger=true
            pending
            on_confirm=confirm
            on_cancel=move || asking.set(false)
            attr:data-testid="confirm-delete"
        />
    }
}
