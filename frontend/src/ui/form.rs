//! Forms: Enter and Ctrl-Enter send, the first wrong field gets the focus.

use super::icon::{Icon, IconView};
use crate::state::{FormErrors, locale, use_session};
use ebenezer_shared::texts;
use leptos::children::Children;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// A form. The browser's own checks are off: ours speak the person's language.
#[component]
pub fn Form(
    errors: FormErrors,
    #[prop(into)] on_submit: Callback<()>,
    /// While sending, another submit does nothing.
    #[prop(optional, into)]
    pending: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Form>::new();
    Effect::new(move |before: Option<u32>| {
        let failures = errors.failures();
        if before.is_some_and(|before| before != failures) {
            // The messages are rendered first.
            request_animation_frame(move || {
                if let Some(form) = node.get_untracked() {
                    focus_first_wrong(&form);
                }
            });
        }
        failures
    });
    let session = use_session();
    Effect::new(move |was_locked: Option<bool>| {
        let locked = session.is_locked();
        if was_locked == Some(true) && !locked {
            errors.forget_ended_session();
        }
        locked
    });
    let send = move || {
        if !pending.get_untracked() {
            on_submit.run(());
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            send();
        }
    };
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        send();
    };
    view! {
        <form class="form" novalidate=true node_ref=node on:submit=on_submit on:keydown=on_key>
            {children()}
        </form>
    }
}

fn focus_first_wrong(form: &HtmlElement) {
    // What is said about the form as a whole comes after the field that it is about.
    let found = ["[aria-invalid=true], fieldset[data-invalid] input", ".form-problem"]
        .into_iter()
        .find_map(|selector| form.query_selector(selector).ok().flatten());
    if let Some(wrong) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = wrong.focus();
    }
}

/// What is wrong with the form as a whole. Fields show their own errors, so a problem that
/// names fields only says that there are some.
#[component]
pub fn FormProblem(errors: FormErrors) -> impl IntoView {
    let shown = move || {
        errors.problem().map(|error| {
            let locale = locale();
            let request = (!error.request_id().is_empty() && error.status() >= Some(500))
                .then(|| texts::errors::request_id(locale, error.request_id()));
            view! {
                <div class="alert form-problem" data-tone="danger" role="alert" tabindex="-1">
                    <IconView icon=Icon::Alert/>
                    <div class="alert-text">
                        <p class="alert-title">{error.title(locale)}</p>
                        <p>{error.detail(locale)}</p>
                        {request.map(|id| view! { <p class="request-id">{id}</p> })}
                    </div>
                </div>
            }
        })
    };
    view! { {shown} }
}

/// The buttons at the end of a form, the main one last.
#[component]
pub fn FormActions(children: Children) -> impl IntoView {
    view! { <div class="form-actions">{children()}</div> }
}
