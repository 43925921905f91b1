//! A session that ended under unsaved work: the page waits, unseen, for its person.

use super::frame::AccountFrame;
use super::login_form::LoginForm;
use crate::state::session::Session;
use crate::state::{t, use_session};
use crate::ui::{Button, ButtonKind};
use ebenezer_shared::texts;
use leptos::ev::FocusEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Covers the page until the person has logged in again, or gives the work up.
#[component]
pub fn LockScreen() -> impl IntoView {
    let session = use_session();
    let account = session.account_now();
    let email = account.as_ref().map(|it| it.user.email.clone()).unwrap_or_default();
    let tenant = account.and_then(|it| it.tenant).map(|tenant| tenant.id.to_string());
    let node = NodeRef::<leptos::html::Dialog>::new();
    let show = move || {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            // Fails only when the dialog has left the page.
            let _ = dialog.show_modal();
        }
    };
    Effect::new(show);
    view! {
        // A dialog that waits on the page keeps all but the dialogs above it from being used.
        <dialog
            class="lock"
            aria-label=t(texts::session::LOCKED_TITLE)
            node_ref=node
            on:cancel=|event: leptos::ev::Event| event.prevent_default()
            on:close=move |_| untrack(show)
        >
            <AccountFrame title=t(texts::session::LOCKED_TITLE) detail=t(texts::session::LOCKED_DETAIL)>
                {match tenant {
                    Some(tenant) => view! { <LoginForm email=email tenant=tenant/> }.into_any(),
                    None => view! { <LoginForm email=email/> }.into_any(),
                }}
                <Button kind=ButtonKind::Ghost on_click=move || session.abandon()>
                    {t(texts::session::USE_OTHER_ACCOUNT)}
                </Button>
            </AccountFrame>
        </dialog>
    }
}

/// Whoever logs in again goes on where they were. The page tells the returned listener what
/// gets the focus; unlocking gives it back, unless the page is gone.
pub fn give_focus_back(session: Session) -> impl Fn(FocusEvent) + 'static {
    let focused = StoredValue::new_local(None::<HtmlElement>);
    Effect::new(move |was_locked: Option<bool>| {
        let locked = session.is_locked();
        if was_locked == Some(true) && !locked {
            // The page is shown first.
            request_animation_frame(move || {
                let element = focused.try_get_value().flatten();
                if let Some(element) = element.filter(|element| element.is_connected()) {
                    let _ = element.focus();
                }
            });
        }
        locked
    });
    move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        focused.set_value(target);
    }
}
