//! The records beside each other, with a choice for each field in which they differ.

use super::merge_path;
use super::sides::{Shown, Side, Ties};
use crate::state::{locale, t};
use crate::ui::{Badge, Tone};
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::texts;
use ebenezer_shared::texts::merge as m;
use leptos::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Whose value is kept of each field in which they differ.
pub type Taken = RwSignal<BTreeMap<&'static str, Uuid>>;

/// A field as each of the records has it, the one that stays first.
type Values = Vec<(Uuid, String, Shown)>;

/// The fields of which one value has to go.
pub fn differences(sides: &[Side]) -> Vec<(&'static str, Values)> {
    let Some((stays, _)) = sides.split_first() else { return Vec::new() };
    let values = |index: usize| -> Values {
        let of = |side: &Side| Some((side.id, side.name.clone(), side.fields.get(index)?.clone()));
        sides.iter().filter_map(of).collect()
    };
    let differ = |values: &Values| {
        let Some((.., first)) = values.first() else { return false };
        let written = values.iter().filter(|(.., it)| !it.value.is_empty()).count();
        values.iter().any(|(.., it)| it.value != first.value) || (first.masked && written > 1)
    };
    let all = stays.fields.iter().enumerate().map(|(index, field)| (field.name, values(index)));
    all.filter(|(_, values)| differ(values)).collect()
}

/// What is proposed: the value of the one that stays, or where it has none the first other's.
pub fn proposed(sides: &[Side]) -> BTreeMap<&'static str, Uuid> {
    let choose = |(name, values): (&'static str, Values)| {
        let written = values.iter().find(|(.., it)| !it.value.is_empty());
        written.or(values.first()).map(|(id, ..)| (name, *id))
    };
    differences(sides).into_iter().filter_map(choose).collect()
}

/// The table.
pub fn table(list: ListName, sides: &[Side], taken: Taken) -> AnyView {
    let Some((stays, others)) = sides.split_first() else { return ().into_any() };
    let rows: Vec<AnyView> =
        differences(sides).into_iter().map(|(name, values)| row(name, values, taken)).collect();
    let empty = rows.is_empty().then(|| view! { <p class="quiet">{t(m::ALIKE)}</p> });
    let heads: Vec<AnyView> = others.iter().map(|side| head(list, side, sides)).collect();
    let ties: Vec<AnyView> = sides.iter().map(ties).collect();
    let name = stays.name.clone();
    let moving = Ties::of_all(others);
    let moves = move || {
        let words = moving.as_ref().map(|all| all.words(locale())).unwrap_or_default();
        if words.is_empty() {
            m::NOTHING_MOVES.get(locale()).to_owned()
        } else {
            m::moves(locale(), &name, words)
        }
    };
    view! {
        <div class="merge-frame">
            <table class="conflict merge" data-testid="merge-table">
                <thead>
                    <tr>
                        <th scope="col">{t(m::FIELD)}</th>
                        <th scope="col">
                            <span class="merge-name">{stays.name.clone()}</span>
                            <Badge tone=Tone::Success plain=true>{t(m::STAYS)}</Badge>
                        </th>
                        {heads}
                    </tr>
                </thead>
                <tbody>
                    {rows}
                    <tr data-testid="merge-links">
                        <th scope="row">{t(m::LINKS)}</th>
                        {ties}
                    </tr>
                </tbody>
            </table>
        </div>
        {empty}
        <p data-testid="merge-moves">{moves}</p>
        <p class="quiet">{t(m::LINKS_DETAIL)} " " {t(m::ONLY_ONCE)}</p>
    }
    .into_any()
}

/// One that goes, with the ways to keep it instead and to leave it out.
fn head(list: ListName, side: &Side, sides: &[Side]) -> AnyView {
    let id = side.id;
    let rest: Vec<Uuid> = sides.iter().map(|it| it.id).filter(|it| *it != id).collect();
    let leave_out = rest.split_first().filter(|(_, others)| !others.is_empty()).map(|it| {
        let href = merge_path(list, *it.0, it.1);
        view! { <a href=href data-testid="merge-leave-out">{t(m::LEAVE_OUT)}</a> }
    });
    view! {
        <th scope="col">
            <span class="merge-name">{side.name.clone()}</span>
            <Badge plain=true>{t(m::GOES)}</Badge>
            <span class="merge-ways">
                <a href=merge_path(list, id, &rest) data-testid="merge-swap">{t(m::SWAP)}</a>
                {leave_out}
            </span>
        </th>
    }
    .into_any()
}

fn ties(side: &Side) -> AnyView {
    let (name, ties) = (side.name.clone(), side.ties.clone());
    let words = move || value(ties.words(locale()));
    view! {
        <td>
            <span class="conflict-whose">{name}</span>
            {words}
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

fn row(name: &'static str, values: Values, taken: Taken) -> AnyView {
    let Some((stays, _, own)) = values.first().cloned() else { return ().into_any() };
    // An empty field is filled, and it is said by which value.
    let fills = own.value.is_empty();
    let cells = values.into_iter().enumerate().map(|(index, (id, whose, shown))| {
        let choose = move |_| {
            taken.update(|taken| {
                taken.insert(name, id);
            });
        };
        let is_taken = move || taken.with(|taken| taken.get(name).unwrap_or(&stays) == &id);
        let testid = match index {
            0 => format!("own-{name}"),
            1 => format!("other-{name}"),
            _ => format!("other-{index}-{name}"),
        };
        let filling = (fills && id != stays).then(|| {
            view! {
                <Show when=is_taken>
                    <span class="merge-fills" data-testid="merge-fills">{t(m::FILLS)}</span>
                </Show>
            }
        });
        view! {
            <td>
                <label class="conflict-side">
                    <input
                        type="radio"
                        name=format!("merge-{name}")
                        data-testid=testid
                        prop:checked=is_taken
                        on:change=choose
                    />
                    <span class="conflict-whose">{whose}</span>
                    {value(shown.value)}
                    {filling}
                </label>
            </td>
        }
        .into_any()
    });
    let cells: Vec<AnyView> = cells.collect();
    view! {
        <tr data-testid="merge-row" data-field=name>
            <th scope="row">{t(own.label)}</th>
            {cells}
        </tr>
    }
    .into_any()
}
