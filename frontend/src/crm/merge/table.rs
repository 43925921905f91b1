//! Both records beside each other, with a choice for each field in which they differ.

use super::sides::{Shown, Side};
use crate::state::t;
use crate::ui::{Badge, Tone};
use ebenezer_shared::texts;
use ebenezer_shared::texts::merge as m;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The fields that are taken from the record that goes.
pub type Taken = RwSignal<BTreeSet<&'static str>>;

/// The fields of which one value has to go: of the one that stays, and of the other.
pub fn differences(stays: &Side, goes: &Side) -> Vec<(Shown, Shown)> {
    let pairs = stays.fields.iter().zip(&goes.fields);
    let differ =
        |(a, b): &(&Shown, &Shown)| a.value != b.value || (a.masked && !a.value.is_empty());
    pairs.filter(differ).map(|(a, b)| (a.clone(), b.clone())).collect()
}

/// What is proposed: the other's value where the one that stays has none.
pub fn proposed(stays: &Side, goes: &Side) -> BTreeSet<&'static str> {
    let all = differences(stays, goes);
    all.into_iter()
        .filter(|(a, b)| a.value.is_empty() && !b.value.is_empty())
        .map(|it| it.0.name)
        .collect()
}

/// The table.
pub fn table(stays: &Side, goes: &Side, taken: Taken) -> AnyView {
    let rows: Vec<AnyView> =
        differences(stays, goes).into_iter().map(|(a, b)| row(&a, &b, taken)).collect();
    let head = |side: &Side, tone, text| {
        view! {
            <th scope="col">
                <span class="merge-name">{side.name.clone()}</span>
                <Badge tone plain=true>{t(text)}</Badge>
            </th>
        }
    };
    let empty = rows.is_empty().then(|| view! { <p class="quiet">{t(m::ALIKE)}</p> });
    view! {
        <table class="conflict merge" data-testid="merge-table">
            <thead>
                <tr>
                    <th scope="col">{t(m::FIELD)}</th>
                    {head(stays, Tone::Success, m::STAYS)}
                    {head(goes, Tone::Neutral, m::GOES)}
                </tr>
            </thead>
            <tbody>
                {rows}
                <tr data-testid="merge-links">
                    <th scope="row">{t(m::LINKS)}</th>
                    {links(stays)}
                    {links(goes)}
                </tr>
            </tbody>
        </table>
        {empty}
        <p class="quiet">{t(m::LINKS_DETAIL)} " " {t(m::ONLY_ONCE)}</p>
    }
    .into_any()
}

fn links(side: &Side) -> AnyView {
    let name = side.name.clone();
    let links = side.links.clone();
    view! {
        <td>
            <span class="conflict-whose">{name}</span>
            {value(links)}
        </td>
    }
    .into_any()
}

fn value(text: String) -> AnyView {
    if text.is_empty() {
        view! { <span class="quiet">{t(texts::common::EMPTY_VALUE)}</span> }.into_any()
    } else {
        view! { <span class="conflict-value">{text}</span> }.into_any()
    }
}

fn row(a: &Shown, b: &Shown, taken: Taken) -> AnyView {
    view! {
        <tr data-testid="merge-row" data-field=a.name>
            <th scope="row">{t(a.label)}</th>
            {side(a, false, taken)}
            {side(b, true, taken)}
        </tr>
    }
    .into_any()
}

/// One record's value, to choose.
fn side(shown: &Shown, is_other: bool, taken: Taken) -> AnyView {
    let name = shown.name;
    let choose = move |_| {
        taken.update(|taken| {
            if is_other {
                taken.insert(name)
            } else {
                taken.remove(name)
            };
        });
    };
    let whose = if is_other { m::GOES } else { m::STAYS };
    let testid = format!("{}-{name}", if is_other { "other" } else { "own" });
    view! {
        <td>
            <label class="conflict-side">
                <input
                    type="radio"
                    name=format!("merge-{name}")
                    data-testid=testid
                    prop:checked=move || taken.with(|taken| taken.contains(name) == is_other)
                    on:change=choose
                />
                <span class="conflict-whose">{t(whose)}</span>
                {value(shown.value.clone())}
            </label>
        </td>
    }
    .into_any()
}
