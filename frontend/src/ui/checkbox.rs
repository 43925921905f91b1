//! Yes or no.

use super::id;
use super::model::Model;
use leptos::prelude::*;

/// A box with its label behind it.
#[component]
pub fn Checkbox(
    #[prop(into)] checked: Model<bool>,
    #[prop(into)] label: TextProp,
    #[prop(optional, into)] help: Option<TextProp>,
    /// Neither yes nor no: some of many.
    #[prop(optional, into)]
    mixed: Signal<bool>,
    /// The label is for screen readers only.
    #[prop(optional)]
    label_hidden: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let input_id = id::unique("check");
    let help_id = help.is_some().then(|| format!("{input_id}-help"));
    view! {
        <div class="check">
            <input
                type="checkbox"
                class="check-box"
                id=input_id.clone()
                disabled=move || disabled.get()
                aria-describedby=help_id.clone()
                prop:checked=move || checked.get()
                prop:indeterminate=move || mixed.get()
                on:change=move |event| checked.set(event_target_checked(&event))
            />
            <label for=input_id class=if label_hidden { "visually-hidden" } else { "check-label" }>
                {move || label.get()}
            </label>
            {help.map(|help| view! { <p class="field-help" id=help_id>{move || help.get()}</p> })}
        </div>
    }
}

/// A setting that acts at once.
#[component]
pub fn Switch(
    #[prop(into)] checked: Model<bool>,
    #[prop(into)] label: TextProp,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let input_id = id::unique("switch");
    view! {
        <div class="check">
            <input
                type="checkbox"
                role="switch"
                class="switch-box"
                id=input_id.clone()
                disabled=move || disabled.get()
                prop:checked=move || checked.get()
                on:change=move |event| checked.set(event_target_checked(&event))
            />
            <label class="check-label" for=input_id>{move || label.get()}</label>
        </div>
    }
}
