//! What is known of a record, on its page.

use crate::state::t;
use crate::ui::{Card, DescriptionItem, DescriptionList, RelativeTime};
use chrono::{DateTime, Utc};
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use ebenezer_shared::texts::record as r;
use leptos::children::TypedChildren;
use leptos::prelude::*;

/// A name with its value, or that there is none.
#[component]
pub fn Fact<V: IntoView + 'static>(
    label: Text,
    /// Takes the whole width.
    #[prop(optional)]
    wide: bool,
    /// The value, when there is one.
    children: TypedChildren<Option<V>>,
) -> impl IntoView {
    let value = children.into_inner()().into_inner();
    let value = match value {
        Some(value) => value.into_any(),
        None => view! { <span class="quiet">{t(texts::common::EMPTY_VALUE)}</span> }.into_any(),
    };
    view! { <DescriptionItem label=t(label) wide>{value}</DescriptionItem> }
}

/// A colour beside a name.
#[component]
pub fn Swatch(#[prop(into)] color: Signal<String>) -> impl IntoView {
    view! {
        <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true" focusable="false">
            <circle cx="5" cy="5" r="5" fill=move || color.get()></circle>
        </svg>
    }
}

/// When the record was made and changed.
#[component]
pub fn Written(created: DateTime<Utc>, updated: DateTime<Utc>) -> impl IntoView {
    view! {
        <Card title=t(r::TITLE)>
            <DescriptionList>
                <DescriptionItem label=t(r::CREATED)><RelativeTime at=created/></DescriptionItem>
                <DescriptionItem label=t(r::UPDATED)><RelativeTime at=updated/></DescriptionItem>
            </DescriptionList>
        </Card>
    }
}
