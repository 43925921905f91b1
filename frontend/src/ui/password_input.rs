//! A password, with a button that shows what was typed.

use super::button::{ButtonSize, IconButton};
use super::field::FieldContext;
use super::icon::Icon;
use super::model::Model;
use super::text_input::focus_when_there;
use crate::state::locale;
use ebenezer_shared::texts;
use ebenezer_shared::validation::SECRET_MAX;
use leptos::prelude::*;

/// A password inside a [`super::Field`].
#[component]
pub fn PasswordInput(
    #[prop(into)] value: Model<String>,
    /// `current-password` or `new-password`, so that password managers help.
    #[prop(into)]
    autocomplete: String,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] node_ref: NodeRef<leptos::html::Input>,
) -> impl IntoView {
    let field = FieldContext::take();
    let invalid = field.aria_invalid();
    let shown = RwSignal::new(false);
    if autofocus {
        focus_when_there(move || node_ref.get().map(Into::into));
    }
    let label = move || {
        let text =
            if shown.get() { texts::auth::HIDE_PASSWORD } else { texts::auth::SHOW_PASSWORD };
        text.get(locale())
    };
    view! {
        <div class="input">
            <input
                class="input-control"
                id=field.input_id
                type=move || if shown.get() { "text" } else { "password" }
                autocomplete=autocomplete
                autocapitalize="off"
                spellcheck="false"
                maxlength=SECRET_MAX.to_string()
                required=move || field.required.get()
                aria-invalid=invalid
                aria-describedby=move || field.described_by.get()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                node_ref=node_ref
            />
            <IconButton
                icon=Signal::derive(move || if shown.get() { Icon::EyeOff } else { Icon::Eye })
                label=label
                size=ButtonSize::Small
                on_click=move || shown.update(|shown| *shown = !*shown)
            />
        </div>
    }
}
