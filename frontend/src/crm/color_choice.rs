//! A colour to choose.

use crate::state::t;
use ebenezer_shared::locale::Text;
use leptos::prelude::*;

/// One of several colours that have names.
#[component]
pub fn ColorChoice(
    name: Text,
    /// As the style sheet knows it.
    color: &'static str,
    #[prop(into)] checked: Signal<bool>,
    #[prop(into)] on_pick: Callback<()>,
) -> impl IntoView {
    view! {
        <label class="color-choice">
            <input
                type="radio"
                class="visually-hidden"
                name="color"
                value=color
                aria-label=t(name)
                prop:checked=move || checked.get()
                on:change=move |_| on_pick.run(())
            />
            <span class="tag-swatch" data-color=color></span>
        </label>
    }
}
