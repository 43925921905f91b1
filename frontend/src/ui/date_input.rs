//! A day.

use super::field::FieldContext;
use super::model::Model;
use chrono::NaiveDate;
use leptos::prelude::*;

/// The browser's own date input, inside a [`super::Field`]. The browser shows the day as
/// its language writes it; a half-typed one is none.
#[component]
pub fn DateInput(
    #[prop(into)] value: Model<Option<NaiveDate>>,
    #[prop(optional)] min: Option<NaiveDate>,
    #[prop(optional)] max: Option<NaiveDate>,
    /// HTML's autofill name, `bday` for one.
    #[prop(optional, into)]
    autocomplete: Option<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let field = FieldContext::take();
    let invalid = field.aria_invalid();
    let node_ref = NodeRef::<leptos::html::Input>::new();
    // Writing back what the browser just told us would throw away a half-typed year.
    let shown = move || value.get().map(|day| day.to_string()).unwrap_or_default();
    Effect::new(move || {
        let wanted = shown();
        if let Some(input) = node_ref.get()
            && input.value() != wanted
            && !(wanted.is_empty() && input.matches(":focus").unwrap_or(false))
        {
            input.set_value(&wanted);
        }
    });
    view! {
        <div class="input">
            <input
                class="input-control"
                type="date"
                id=field.input_id
                name=field.name
                min=min.map(|day| day.to_string())
                max=max.map(|day| day.to_string())
                autocomplete=autocomplete.unwrap_or_else(|| "off".to_owned())
                required=move || field.required.get()
                disabled=move || disabled.get()
                aria-invalid=invalid
                aria-describedby=move || field.described_by.get()
                on:input=move |event| value.set(event_target_value(&event).parse().ok())
                node_ref=node_ref
            />
        </div>
    }
}
