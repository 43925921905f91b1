//! One of a few.

use super::choice::Choice;
use super::field::FieldContext;
use super::icon::{Icon, IconView};
use super::model::Model;
use leptos::prelude::*;

/// The browser's own select, inside a [`super::Field`].
#[component]
pub fn Select(
    /// The value of the chosen one; empty when none is.
    #[prop(into)]
    value: Model<String>,
    #[prop(into)] options: Signal<Vec<Choice>>,
    /// Adds a first option with an empty value.
    #[prop(optional, into)]
    placeholder: Option<TextProp>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let field = FieldContext::take();
    let invalid = field.aria_invalid();
    let chosen = move |option: &str| value.with(|value| value == option);
    view! {
        <div class="input select">
            <select
                class="input-control"
                id=field.input_id
                name=field.name
                required=move || field.required.get()
                disabled=move || disabled.get()
                aria-invalid=invalid
                aria-describedby=move || field.described_by.get()
                on:change=move |event| value.set(event_target_value(&event))
                prop:value=move || {
                    // The options must be there before one of them can be chosen.
                    options.track();
                    value.get()
                }
            >
                {placeholder.map(|text| view! {
                    <option value="" selected=move || chosen("")>{move || text.get()}</option>
                })}
                {move || options.get().into_iter().map(|option| {
                    let (name, shown) = (option.value.clone(), option.value);
                    view! { <option value=name selected=move || chosen(&shown)>{option.label}</option> }
                }).collect_view()}
            </select>
            <IconView icon=Icon::ChevronDown/>
        </div>
    }
}
