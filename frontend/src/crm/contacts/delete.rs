//! Deleting a contact. There is no way back, so it asks.

use super::row::Chosen;
use crate::api::{self, ApiError, use_client};
use crate::state::{locale, locale_now, t, use_toasts};
use crate::ui::Confirm;
use ebenezer_shared::texts;
use ebenezer_shared::texts::contacts as c;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Asks whether `chosen` shall be deleted, and does it.
#[component]
pub fn DeleteContact(
    /// Who; none while nothing is asked.
    chosen: RwSignal<Option<Chosen>>,
    /// The version that was read, on the person's own page.
    #[prop(optional, into)]
    etag: Option<String>,
    /// The request goes out: the row may leave the list.
    #[prop(optional, into)]
    on_start: Option<Callback<Chosen>>,
    /// It is gone.
    #[prop(optional, into)]
    on_done: Option<Callback<()>>,
    /// It is still there.
    #[prop(optional, into)]
    on_failed: Option<Callback<ApiError>>,
) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let pending = RwSignal::new(false);
    let confirm = move || {
        let Some((id, name)) = chosen.get_untracked().filter(|_| !pending.get_untracked()) else {
            return;
        };
        pending.set(true);
        if let Some(on_start) = on_start {
            on_start.run((id, name.clone()));
            chosen.set(None);
        }
        let etag = etag.clone();
        spawn_local(async move {
            let answer = api::contacts::delete(client, id, etag.as_deref()).await;
            pending.try_set(false);
            chosen.try_set(None);
            // Gone is gone, whoever deleted it.
            match answer {
                Err(error) if error.status() != Some(404) => {
                    toasts.error(error.title(locale_now()));
                    on_failed.map(|on_failed| on_failed.try_run(error));
                }
                _ => {
                    toasts.success(move || c::deleted(locale(), &name));
                    on_done.map(|on_done| on_done.try_run(()));
                }
            }
        });
    };
    let name = move || chosen.with(|chosen| chosen.as_ref().map(|(_, name)| name.clone()));
    view! {
        <Confirm
            open=Signal::derive(move || chosen.with(Option::is_some))
            title=move || c::delete_title(locale(), name().unwrap_or_default())
            detail=t(c::DELETE_DETAIL)
            confirm_label=t(texts::common::DELETE)
            danger=true
            pending
            on_confirm=confirm
            on_cancel=move || chosen.set(None)
            attr:data-testid="confirm-delete"
        />
    }
}
