//! The lines of the palette.

use super::choices::Choices;
use super::entry::{Entry, Group};
use super::{LIST, fold};
use crate::state::{locale, t};
use crate::ui::{Button, ButtonSize, IconView};
use ebenezer_shared::texts;
use ebenezer_shared::texts::{palette as p, search_select as s};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The id of a line, for `aria-activedescendant`.
pub fn option_id(index: usize) -> String {
    format!("{LIST}-{index}")
}

/// All that can be chosen, by kind, and what there is to say of it.
#[component]
pub fn ChoiceList(choices: Choices) -> impl IntoView {
    let node = NodeRef::<leptos::html::Div>::new();
    Effect::new(move || {
        let active = choices.active.get();
        choices.groups.track();
        if let Some(list) = node.get() {
            request_animation_frame(move || show(&list, active));
        }
    });
    let groups = move || {
        let words = fold::words(&choices.typed.get());
        let mut first = 0;
        let shown = choices.groups.get().into_iter().map(|group| {
            let start = first;
            first += group.entries.len();
            lines(choices, group, start, &words)
        });
        shown.collect::<Vec<_>>()
    };
    let told = move || {
        let words = choices.typed.with(|typed| typed.trim().to_owned());
        let count = choices.count.get() as u64;
        let locale = locale();
        if choices.is_pending() {
            s::SEARCHING.get(locale).to_owned()
        } else if choices.has_failed() {
            s::FAILED.get(locale).to_owned()
        } else if count == 0 {
            p::nothing(locale, words)
        } else {
            s::results(locale, count)
        }
    };
    // What is shown needs no word for eyes, unless it could not be brought or is still to come.
    let is_quiet = move || choices.count.get() > 0 && !choices.has_failed();
    view! {
        <div
            class="palette-list"
            role="listbox"
            id=LIST
            aria-label=t(p::TITLE)
            aria-busy=move || choices.is_pending().to_string()
            node_ref=node
            // The focus stays where one types.
            on:mousedown=|event| event.prevent_default()
        >
            {groups}
        </div>
        <div
            class="palette-note"
            class:visually-hidden=is_quiet
            on:mousedown=|event| event.prevent_default()
        >
            <p aria-live="polite" data-testid="palette-note">{told}</p>
            <Show when=move || choices.has_failed()>
                <Button size=ButtonSize::Small on_click=move || choices.retry()>
                    {t(texts::common::RETRY)}
                </Button>
            </Show>
        </div>
    }
}

fn lines(choices: Choices, group: Group, first: usize, words: &[String]) -> AnyView {
    let heading_id = format!("{LIST}-of-{first}");
    let labelled = heading_id.clone();
    let entries = group.entries.into_iter().enumerate();
    let entries: Vec<AnyView> =
        entries.map(|(at, entry)| line(choices, entry, first + at, words)).collect();
    view! {
        <div role="group" aria-labelledby=heading_id>
            <p class="menu-heading" id=labelled role="presentation">{group.heading}</p>
            {entries}
        </div>
    }
    .into_any()
}

fn line(choices: Choices, entry: Entry, index: usize, words: &[String]) -> AnyView {
    let is_active = move || choices.active.get() == index;
    let label: Vec<AnyView> = fold::marked(&entry.label, words)
        .into_iter()
        .map(
            |(text, hit)| {
                if hit { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
            },
        )
        .collect();
    let (icon, detail) = (entry.icon, entry.detail.clone());
    view! {
        <div
            class="option palette-option"
            role="option"
            id=option_id(index)
            aria-selected=move || is_active().to_string()
            data-active=move || is_active().then_some("true")
            on:click=move |_| choices.choose(entry.clone())
            on:mousemove=move |_| {
                if choices.active.get_untracked() != index {
                    choices.active.set(index);
                }
            }
        >
            <IconView icon/>
            <span class="option-label">{label}</span>
            {detail.map(|detail| view! { <span class="option-hint">{detail}</span> })}
        </div>
    }
    .into_any()
}

/// Brings the active line into sight.
fn show(list: &HtmlElement, active: usize) {
    let line = document().get_element_by_id(&option_id(active));
    let Some(line) = line.and_then(|line| line.dyn_into::<HtmlElement>().ok()) else { return };
    let (top, height) = (line.offset_top(), line.offset_height());
    if active == 0 {
        list.set_scroll_top(0);
    } else if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if top + height > list.scroll_top() + list.client_height() {
        list.set_scroll_top(top + height - list.client_height());
    }
}
