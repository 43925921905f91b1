//! Dialogs that can open over any page.

use crate::state::idle::use_idle;
use crate::state::unsaved::Leave;
use crate::state::{locale, t, use_session, use_unsaved};
use crate::ui::{Button, ButtonKind, Confirm, Dialog, DialogSize};
use ebenezer_shared::texts;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// Asks before unsaved work is left behind.
#[component]
pub fn UnsavedDialog() -> impl IntoView {
    let unsaved = use_unsaved();
    let navigate = use_navigate();
    let leave = move || match unsaved.forget() {
        Some(Leave::To(path)) => navigate(&path, NavigateOptions::default()),
        Some(Leave::Do(run)) => run.run(()),
        None => {}
    };
    view! {
        <Confirm
            open=Signal::derive(move || unsaved.asking().is_some())
            title=t(texts::unsaved::TITLE)
            detail=t(texts::unsaved::DETAIL)
            confirm_label=t(texts::unsaved::LEAVE)
            cancel_label=t(texts::unsaved::STAY)
            danger=true
            on_confirm=leave
            on_cancel=move || unsaved.stay()
        />
    }
}

/// Warns before the session ends for inactivity, and counts down.
#[component]
pub fn IdleDialog() -> impl IntoView {
    let idle = use_idle();
    let session = use_session();
    let time = move || {
        let seconds = idle.remaining().unwrap_or_default();
        format!("{}:{:02}", seconds / 60, seconds % 60)
    };
    // Screen readers hear it at the start and at each half minute, not each second.
    let said = Memo::new(move |before: Option<&String>| {
        let seconds = idle.remaining().unwrap_or_default();
        let due = seconds.is_multiple_of(30);
        match before {
            Some(before) if !due => before.clone(),
            _ => texts::session::idle_detail(locale(), time()),
        }
    });
    let footer = move || {
        view! {
            <Button on_click=move || session.logout()>{t(texts::shell::LOG_OUT)}</Button>
            <Button kind=ButtonKind::Primary on_click=move || idle.stay()>
                {t(texts::session::STAY)}
            </Button>
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || idle.remaining().is_some())
            title=t(texts::session::IDLE_TITLE)
            size=DialogSize::Small
            on_close=move || idle.stay()
            footer
        >
            <p aria-hidden="true">{move || texts::session::idle_detail(locale(), time())}</p>
            <p class="visually-hidden" role="alert">{move || said.get()}</p>
        </Dialog>
    }
}
