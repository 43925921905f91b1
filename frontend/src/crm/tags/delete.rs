//! Deleting a tag: it is taken off everything, so it asks.

use crate::api::{self, use_client};
use crate::state::{locale, locale_now, t, use_toasts};
use crate::ui::Confirm;
use ebenezer_shared::crm::tag::Tag;
use ebenezer_shared::texts;
use ebenezer_shared::texts::tags as g;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Asks whether `chosen` shall be deleted, and does it.
#[component]
pub fn DeleteTag(
    chosen: RwSignal<Option<Tag>>,
    #[prop(into)] on_done: Callback<()>,
) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let pending = RwSignal::new(false);
    let confirm = move || {
        let Some(tag) = chosen.get_untracked().filter(|_| !pending.get_untracked()) else { return };
        pending.set(true);
        spawn_local(async move {
            let answer = api::tags::delete(client, tag.id).await;
            pending.try_set(false);
            chosen.try_set(None);
            // Gone is gone, whoever deleted it.
            match answer {
                Err(error) if error.status() != Some(404) => {
                    toasts.error(error.title(locale_now()));
                }
                _ => toasts.success(move || g::deleted(locale(), &tag.name)),
            }
            on_done.try_run(());
        });
    };
    let title = move || {
        chosen
            .with(|tag| tag.as_ref().map(|tag| g::delete_title(locale(), &tag.name)))
            .unwrap_or_default()
    };
    let detail = move || {
        let uses = |tag: &Tag| tag.contact_count + tag.corporation_count;
        chosen
            .with(|tag| tag.as_ref().map(|tag| g::delete_detail(locale(), uses(tag))))
            .unwrap_or_default()
    };
    view! {
        <Confirm
            open=Signal::derive(move || chosen.with(Option::is_some))
            on_cancel=move || chosen.set(None)
            on_confirm=confirm
            title
            detail
            confirm_label=t(texts::common::DELETE)
            danger=true
            pending
        />
    }
}
