//! What is known of a record, name by name.

use crate::state::t;
use ebenezer_shared::texts;
use leptos::children::Children;
use leptos::prelude::*;

/// Names and values; two columns where there is room.
#[component]
pub fn DescriptionList(children: Children) -> impl IntoView {
    view! { <dl class="description-list">{children()}</dl> }
}

/// One name with its value. Without children it says that nothing is known.
#[component]
pub fn DescriptionItem(
    #[prop(into)] label: TextProp,
    /// Takes the whole width: notes, addresses.
    #[prop(optional)]
    wide: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let value = match children {
        Some(children) => children(),
        None => view! { <span class="quiet">{t(texts::common::EMPTY_VALUE)}</span> }.into_any(),
    };
    view! {
        <div class="description-item" data-wide=wide.then_some("true")>
            <dt>{move || label.get()}</dt>
            <dd>{value}</dd>
        </div>
    }
}
