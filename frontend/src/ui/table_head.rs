//! The head of a table, and its rows before there are any.

use super::icon::{Icon, IconView};
use super::model::Model;
use super::table::{Align, ColumnRole, Head};
use crate::state::{locale, t};
use ebenezer_shared::texts;
use leptos::prelude::*;
use std::sync::Arc;

/// The name of a column; a button where it sorts.
#[component]
pub fn HeadCell(head: Head, ordering: Option<Model<String>>) -> impl IntoView {
    let Head { label, sort, align, role, wide_only, one_line } = head;
    let sorted = move || {
        let (ordering, field) = (ordering?.get(), sort?);
        match ordering.strip_prefix('-') {
            Some(name) if name == field => Some(false),
            None if ordering == field => Some(true),
            _ => None,
        }
    };
    let aria_sort =
        move || sorted().map(|ascending| if ascending { "ascending" } else { "descending" });
    let content = match (sort, ordering) {
        (Some(field), Some(ordering)) => {
            let press = move |_| {
                let next =
                    if sorted() == Some(true) { format!("-{field}") } else { field.to_owned() };
                ordering.set(next);
            };
            let icon = Signal::derive(move || match sorted() {
                Some(true) => Icon::ArrowUp,
                Some(false) => Icon::ArrowDown,
                None => Icon::Sort,
            });
            let (shown, said) = (label.clone(), label);
            view! {
                <button
                    type="button"
                    class="table-sort"
                    title=move || texts::table::sort_by(locale(), said.get())
                    data-sorted=move || sorted().map(|_| "true")
                    on:click=press
                >
                    {move || shown.get()}
                    <IconView icon/>
                </button>
            }
            .into_any()
        }
        _ if role == ColumnRole::Actions => {
            view! { <span class="visually-hidden">{t(texts::common::ACTIONS)}</span> }.into_any()
        }
        _ => (move || label.get()).into_any(),
    };
    view! {
        <th
            role="columnheader"
            scope="col"
            aria-sort=aria_sort
            data-align=(align == Align::End).then_some("end")
            data-wide-only=wide_only.then_some("true")
            data-one-line=one_line.then_some("true")
            data-title=(role == ColumnRole::Title).then_some("true")
            data-actions=(role == ColumnRole::Actions).then_some("true")
        >
            {content}
        </th>
    }
}

/// As many as fill a screen and shift little when the real ones come.
const SKELETON_ROWS: usize = 8;

/// Rows where the real ones will be.
#[expect(clippy::needless_pass_by_value, reason = "props are owned")]
#[component]
pub fn SkeletonRows(heads: Arc<[Head]>, selectable: bool) -> impl IntoView {
    let row = |_| {
        let cells = heads
            .iter()
            .map(|head| view! {
                <td role="cell" data-wide-only=head.wide_only.then_some("true")>
                    <span class="skeleton" data-width=if head.role == ColumnRole::Title { "long" } else { "short" }></span>
                </td>
            })
            .collect_view();
        view! {
            <tr class="table-skeleton" role="row" aria-hidden="true">
                {selectable.then(|| view! { <td class="table-select" role="cell"></td> })}
                {cells}
            </tr>
        }
    };
    (0..SKELETON_ROWS).map(row).collect_view()
}
