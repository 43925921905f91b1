//! The trash.

use super::super::trail;
use super::failure::said;
use super::list::{Everything, rows_of};
use crate::api::{self, use_client};
use crate::routes::Route;
use crate::state::{locale, locale_now, t, use_session, use_title, use_toasts};
use crate::ui::{Button, Confirm, EmptyState, Icon, PageHeader};
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::documents as d;
use leptos::children::ViewFn;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// `/documents/trash`
#[component]
pub fn TrashPage() -> impl IntoView {
    use_title(t(d::TRASH));
    trail::arrive(Route::DocumentTrash);
    let all = Everything::read(true);
    let session = use_session();
    let asking = RwSignal::new(false);
    let some = move || all.documents.data().is_some_and(|page| page.total > 0);
    view! {
        <PageHeader
            title=t(d::TRASH)
            detail=t(d::TRASH_DETAIL)
            parent=(trail::list_path(Route::Documents), t(d::TITLE).into())
        >
            <Show when=move || some() && session.allows(Module::Documents, Action::Delete)>
                <Button icon=Icon::Trash on_click=move || asking.set(true) attr:data-testid="empty-trash">
                    {t(d::EMPTY_TRASH)}
                </Button>
            </Show>
        </PageHeader>
        {rows_of(all, d::TRASH, &["client", "folder", "size", "purged_on"], ViewFn::from(nothing))}
        <EmptyTrash asking on_done=Callback::new(move |()| all.documents.reload())/>
    }
}

/// Asks, and takes everything away for good.
#[component]
fn EmptyTrash(asking: RwSignal<bool>, on_done: Callback<()>) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let pending = RwSignal::new(false);
    let empty = move || {
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let answer = api::documents::empty_trash(client).await;
            pending.try_set(false);
            asking.try_set(false);
            match answer {
                Ok(count) => toasts.success(move || d::purged_many(locale(), count)),
                Err(error) => toasts.error(said(&error, locale_now())),
            }
            on_done.try_run(());
        });
    };
    view! {
        <Confirm
            open=asking
            title=t(d::EMPTY_TRASH_TITLE)
            detail=t(d::EMPTY_TRASH_DETAIL)
            confirm_label=t(d::EMPTY_TRASH)
            danger=true
            pending
            on_confirm=empty
            on_cancel=move || asking.set(false)
            attr:data-testid="confirm-empty-trash"
        />
    }
}

fn nothing() -> AnyView {
    view! { <EmptyState icon=Icon::Trash title=t(d::TRASH_EMPTY) detail=t(d::TRASH_EMPTY_DETAIL)/> }
        .into_any()
}
