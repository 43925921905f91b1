//! Keys that move through a list: j and k, the arrows, Enter and x.
//!
//! Letters act anywhere on the page while nothing is typed and no dialog is open. Whoever
//! turned single keys off has them only while the focus is in the list (WCAG 2.1.4).

use crate::state::shortcuts::use_shortcuts;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Marks what Enter opens in a row; it is a link or a button, so the browser does it.
pub const ROW_OPEN: &str = "[data-row-open]";

/// Listens for as long as the list is shown. `toggle` gets the id of the row that x hits.
pub fn use_list_keys(list: NodeRef<leptos::html::Div>, toggle: Option<Callback<String>>) {
    let shortcuts = use_shortcuts();
    let listener = window_event_listener(ev::keydown, move |event| {
        let Some(list) = list.get_untracked() else { return };
        let inside = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|target| list.contains(Some(&target)));
        if (inside || shortcuts.get_untracked()) && is_free(&event) {
            on_key(&event, &list, inside, toggle);
        }
    });
    on_cleanup(move || listener.remove());
}

/// Moves the focus to the first row of the page's list; false when there is none.
pub fn focus_first_row() -> bool {
    let opener = document()
        .query_selector(&format!("main tr[data-id] {ROW_OPEN}"))
        .ok()
        .flatten()
        .and_then(|opener| opener.dyn_into::<HtmlElement>().ok());
    if let Some(opener) = &opener {
        let _ = opener.focus();
    }
    opener.is_some()
}

/// Nothing is being typed, no modifier is held, nothing lies above the list.
fn is_free(event: &KeyboardEvent) -> bool {
    let modified =
        event.ctrl_key() || event.alt_key() || event.meta_key() || event.default_prevented();
    let typing =
        event.target().and_then(|target| target.dyn_into::<Element>().ok()).is_some_and(|target| {
            target
                .matches("input:not([type=checkbox]), textarea, select, [contenteditable]")
                .unwrap_or(false)
        });
    let covered = document().query_selector("dialog[open], [role=menu]:popover-open");
    !modified && !typing && covered.ok().flatten().is_none()
}

fn on_key(
    event: &KeyboardEvent,
    list: &HtmlElement,
    inside: bool,
    toggle: Option<Callback<String>>,
) {
    let done = match event.key().as_str() {
        "j" => step(list, 1),
        "k" => step(list, -1),
        "ArrowDown" if inside => step(list, 1),
        "ArrowUp" if inside => step(list, -1),
        "x" => match (toggle, current_row(list).and_then(|row| row.get_attribute("data-id"))) {
            (Some(toggle), Some(id)) => {
                toggle.run(id);
                true
            }
            _ => false,
        },
        _ => false,
    };
    if done {
        event.prevent_default();
    }
}

fn current_row(list: &HtmlElement) -> Option<Element> {
    let focused = document().active_element()?;
    let row = focused.closest("tr[data-id]").ok().flatten()?;
    list.contains(Some(&row)).then_some(row)
}

/// Moves the focus among the rows; stops at both ends.
fn step(list: &HtmlElement, by: i32) -> bool {
    let Ok(rows) = list.query_selector_all("tr[data-id]") else { return false };
    let count = i32::try_from(rows.length()).unwrap_or(i32::MAX);
    let current = current_row(list);
    let position = (0..rows.length())
        .find(|index| rows.get(*index).as_ref() == current.as_ref().map(AsRef::as_ref))
        .and_then(|index| i32::try_from(index).ok());
    let next = match position {
        Some(position) => (position + by).clamp(0, count - 1),
        None if by > 0 => 0,
        None => count - 1,
    };
    let opener = u32::try_from(next)
        .ok()
        .and_then(|next| rows.get(next))
        .and_then(|row| row.dyn_into::<Element>().ok())
        .and_then(|row| row.query_selector(ROW_OPEN).ok().flatten())
        .and_then(|opener| opener.dyn_into::<HtmlElement>().ok());
    if let Some(opener) = &opener {
        let _ = opener.focus();
    }
    opener.is_some()
}
