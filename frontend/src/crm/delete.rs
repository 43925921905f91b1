//! Deleting something that does not come back, so it asks.

use crate::api::{ApiError, use_client};
use crate::state::{locale_now, t, use_toasts};
use crate::ui::Confirm;
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the question says, and what is said afterwards.
#[derive(Clone, Copy)]
pub struct DeleteTexts {
    pub title: Text,
    pub detail: Text,
    pub deleted: Text,
}

/// Asks, and does it.
#[component]
pub fn DeleteRecord(
    /// Of the record in the API.
    path: String,
    etag: Option<String>,
    texts: DeleteTexts,
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
        let (path, etag) = (path.clone(), etag.clone());
        spawn_local(async move {
            let answer = client.delete(&path, etag.as_deref()).await;
            pending.try_set(false);
            asking.try_set(false);
            match answer {
                // Gone is gone, whoever deleted it.
                Err(error) if error.status() != Some(404) => {
                    toasts.error(error.title(locale_now()));
                    on_failed.try_run(error);
                }
                _ => {
                    toasts.success(t(texts.deleted));
                    on_done.try_run(());
                }
            }
        });
    };
    view! {
        <Confirm
            open=asking
            title=t(texts.title)
            detail=t(texts.detail)
            confirm_label=t(texts::common::DELETE)
            danger=true
            pending
            on_confirm=confirm
            on_cancel=move || asking.set(false)
            attr:data-testid="confirm-delete"
        />
    }
}
