//! A row of a table, and the boxes that select rows.

use super::checkbox::Checkbox;
use super::model::Model;
use super::table::{Align, ColumnRole, Head};
use crate::state::{locale, t};
use ebenezer_shared::texts;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A row, whatever it is made of.
#[derive(Clone)]
pub struct RowData {
    pub id: String,
    pub version: String,
    pub label: String,
    pub href: Option<String>,
    /// Makes the content of a column.
    pub cell: Arc<dyn Fn(usize) -> Option<AnyView> + Send + Sync>,
}

type Selection = RwSignal<BTreeSet<String>>;

/// The rows of the page and the one whose box was pressed last: Shift selects those between.
#[derive(Clone, Copy)]
pub struct Range {
    pub page_ids: Signal<Vec<String>>,
    pub last: StoredValue<Option<String>>,
}

impl Range {
    fn press(self, event: &MouseEvent, id: &str, selection: Selection) {
        let last = self.last.get_value();
        self.last.set_value(Some(id.to_owned()));
        let target = event.target().and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok());
        let (Some(last), Some(target)) = (last.filter(|_| event.shift_key()), target) else {
            return;
        };
        let ids = self.page_ids.get_untracked();
        let place = |id: &str| ids.iter().position(|it| it == id);
        let (Some(from), Some(to)) = (place(&last), place(id)) else { return };
        let between = ids.into_iter().skip(from.min(to)).take(from.abs_diff(to) + 1);
        selection.update(|selected| {
            for id in between {
                if target.checked() {
                    selected.insert(id);
                } else {
                    selected.remove(&id);
                }
            }
        });
    }
}

/// One row. A press anywhere on it that hits nothing else opens it.
#[expect(clippy::needless_pass_by_value, reason = "props are owned")]
#[component]
pub fn RowView(
    row: RowData,
    heads: Arc<[Head]>,
    selection: Option<Selection>,
    range: Range,
    on_open: Option<Callback<String>>,
) -> impl IntoView {
    let id = row.id.clone();
    let pressed = row.id.clone();
    let is_selected = {
        let id = row.id.clone();
        move || selection.map(|selection| selection.with(|selected| selected.contains(&id)))
    };
    let selected = is_selected.clone();
    let opens = row.href.is_some() || on_open.is_some();
    let cells = heads
        .iter()
        .enumerate()
        .map(|(index, head)| view! { <CellView head=head.clone() index row=row.clone() on_open/> })
        .collect_view();
    view! {
        <tr
            role="row"
            data-testid="row"
            data-id=id
            data-opens=opens.then_some("true")
            aria-selected=move || is_selected().map(|on| on.to_string())
            data-selected=move || selected().filter(|on| *on).map(|_| "true")
            on:click=|event| open_by_press(&event)
        >
            {selection.map(|selection| view! {
                <td class="table-select" role="cell" on:click=move |event| range.press(&event, &pressed, selection)>
                    <SelectRow selection id=row.id.clone() label=row.label.clone()/>
                </td>
            })}
            {cells}
        </tr>
    }
}

#[component]
fn CellView(
    head: Head,
    index: usize,
    row: RowData,
    on_open: Option<Callback<String>>,
) -> impl IntoView {
    let Head { label, align, role, wide_only, one_line, .. } = head;
    let content = (row.cell)(index);
    let RowData { id, href, .. } = row;
    let content = match (role, href, on_open) {
        (ColumnRole::Title, Some(href), _) => {
            view! { <a class="row-title" data-row-open="" href=href>{content}</a> }.into_any()
        }
        (ColumnRole::Title, None, Some(on_open)) => view! {
            <button type="button" class="row-title" data-row-open="" on:click=move |_| on_open.run(id.clone())>
                {content}
            </button>
        }
        .into_any(),
        _ => content.into_any(),
    };
    // Cards have no head, so each value brings its name.
    let content = if role == ColumnRole::Plain {
        view! {
            <span class="cell-label" aria-hidden="true">{move || label.get()}</span>
            <div class="cell-value">{content}</div>
        }
        .into_any()
    } else {
        content
    };
    view! {
        <td
            role="cell"
            data-align=(align == Align::End).then_some("end")
            data-wide-only=wide_only.then_some("true")
            data-one-line=one_line.then_some("true")
            data-title=(role == ColumnRole::Title).then_some("true")
            data-actions=(role == ColumnRole::Actions).then_some("true")
        >
            {content}
        </td>
    }
}

fn open_by_press(event: &MouseEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return;
    };
    let hit = |selector: &str| target.closest(selector).ok().flatten();
    let selecting =
        window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed());
    if selecting || hit("a, button, input, label, [popover], .table-select").is_some() {
        return;
    }
    let opener = hit("tr")
        .and_then(|row| row.query_selector(super::list_keys::ROW_OPEN).ok().flatten())
        .and_then(|opener| opener.dyn_into::<HtmlElement>().ok());
    if let Some(opener) = opener {
        opener.click();
    }
}

#[component]
fn SelectRow(selection: Selection, id: String, label: String) -> impl IntoView {
    let shown = id.clone();
    let checked = Model::new(
        Signal::derive(move || selection.with(|selected| selected.contains(&shown))),
        move |on: bool| {
            selection.update(|selected| {
                if on {
                    selected.insert(id.clone());
                } else {
                    selected.remove(&id);
                }
            });
        },
    );
    let label = move || texts::table::select_row(locale(), &label);
    view! { <Checkbox checked label label_hidden=true/> }
}

/// Selects all rows of the page, or none.
#[component]
pub fn SelectAll(selection: Selection, page_ids: Signal<Vec<String>>) -> impl IntoView {
    let counts = move || {
        let ids = page_ids.get();
        let on = selection.with(|selected| ids.iter().filter(|id| selected.contains(*id)).count());
        (on, ids.len())
    };
    let checked = Model::new(
        Signal::derive(move || {
            let (on, all) = counts();
            all > 0 && on == all
        }),
        move |on: bool| {
            let ids = page_ids.get_untracked();
            selection.update(|selected| {
                for id in ids {
                    if on {
                        selected.insert(id);
                    } else {
                        selected.remove(&id);
                    }
                }
            });
        },
    );
    let mixed = Signal::derive(move || {
        let (on, all) = counts();
        on > 0 && on < all
    });
    view! { <Checkbox checked mixed label=t(texts::table::SELECT_PAGE) label_hidden=true/> }
}
