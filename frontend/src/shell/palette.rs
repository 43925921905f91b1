//! One box for everything: finds records of every kind, makes new ones, goes to pages.

mod choices;
mod entry;
mod fold;
mod list;

use crate::state::{Session, t, use_session};
use crate::ui::dialog::drive;
use crate::ui::{Icon, IconButton, IconView};
use choices::Choices;
use ebenezer_shared::texts;
use ebenezer_shared::texts::palette as p;
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::{ev, prelude::*};
use list::ChoiceList;
use wasm_bindgen::JsCast;

/// The id of the list, for `aria-controls`.
const LIST: &str = "palette-list";

/// Opens the palette from the top bar: a box on screens, a lens on phones.
#[component]
pub fn SearchButton(#[prop(into)] on_search: Callback<()>) -> impl IntoView {
    let on_mac = window().navigator().platform().is_ok_and(|platform| platform.starts_with("Mac"));
    view! {
        <button
            type="button"
            class="search-button"
            data-testid="open-search"
            aria-haspopup="dialog"
            aria-keyshortcuts="Control+K Meta+K"
            aria-label=t(p::TITLE)
            on:click=move |_| on_search.run(())
        >
            <IconView icon=Icon::Search/>
            <span class="search-button-text">{t(texts::common::SEARCH)}</span>
            // By the style: what stands there is no part of the button's name.
            <kbd
                class="search-button-text"
                aria-hidden="true"
                data-key=if on_mac { "⌘ K" } else { "Ctrl K" }
            ></kbd>
        </button>
    }
}

/// The palette, opened by Ctrl-K or Cmd-K wherever one is.
#[component]
pub fn Palette(open: RwSignal<bool>) -> impl IntoView {
    let session = use_session();
    let node = NodeRef::<leptos::html::Dialog>::new();
    drive(node, open.into());
    let listener = window_event_listener(ev::keydown, move |event| {
        if is_call(&event) {
            // Else the browser takes the key for itself.
            event.prevent_default();
            if !event.repeat() && (open.get_untracked() || is_free(session)) {
                open.update(|open| *open = !*open);
            }
        }
    });
    on_cleanup(move || listener.remove());
    // Behind a locked session nothing may lie above the way back.
    Effect::new(move || {
        if session.is_locked() {
            open.set(false);
        }
    });
    // A press beside the box closes it.
    let on_click = move |event: MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if target.is_some_and(|target| target.tag_name() == "DIALOG") {
            open.set(false);
        }
    };
    view! {
        <dialog
            class="dialog palette"
            data-testid="palette"
            aria-label=t(p::TITLE)
            node_ref=node
            on:click=on_click
            on:cancel=move |event: ev::Event| {
                event.prevent_default();
                open.set(false);
            }
        >
            <Show when=move || open.get()><SearchBox on_close=move || open.set(false)/></Show>
        </dialog>
    }
}

/// Ctrl-K or Cmd-K, and nothing else.
fn is_call(event: &KeyboardEvent) -> bool {
    (event.ctrl_key() != event.meta_key())
        && !event.alt_key()
        && !event.shift_key()
        && event.key().eq_ignore_ascii_case("k")
}

/// Somebody is at work here, and no question waits for an answer.
fn is_free(session: Session) -> bool {
    let asked = document().query_selector("dialog[open]").ok().flatten();
    asked.is_none() && !untrack(|| session.is_locked())
}

/// What one types into, and what there is to choose.
#[component]
fn SearchBox(#[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let choices = Choices::new(on_close);
    let active = move || {
        choices.count.with(|count| *count > 0).then(|| list::option_id(choices.active.get()))
    };
    let on_key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "ArrowDown" => choices.step(true),
            "ArrowUp" => choices.step(false),
            "Enter" if !event.is_composing() => choices.enter(),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="palette-head">
            <IconView icon=Icon::Search/>
            <input
                class="palette-input"
                type="text"
                role="combobox"
                aria-autocomplete="list"
                aria-expanded=move || choices.count.with(|count| *count > 0).to_string()
                aria-controls=LIST
                aria-activedescendant=active
                aria-label=t(p::TITLE)
                placeholder=t(p::PLACEHOLDER)
                inputmode="search"
                enterkeyhint="go"
                autocomplete="off"
                spellcheck="false"
                maxlength="200"
                autofocus=true
                data-testid="palette-input"
                on:input=move |event| choices.type_text(event_target_value(&event))
                on:keydown=on_key
            />
            <IconButton icon=Icon::Close label=t(texts::common::CLOSE) on_click=on_close/>
        </div>
        <ChoiceList choices/>
    }
}
