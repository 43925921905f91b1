//! A labelled place in a form.

use super::icon::{Icon, IconView};
use super::id;
use crate::state::t;
use ebenezer_shared::texts;
use leptos::children::Children;
use leptos::context::Provider;
use leptos::prelude::*;

/// What an input takes from the field around it.
#[derive(Clone)]
pub struct FieldContext {
    /// The input's id; the label points at it.
    pub input_id: String,
    /// Ids of help and error, for `aria-describedby`.
    pub described_by: Signal<Option<String>>,
    pub invalid: Signal<bool>,
    pub required: Signal<bool>,
    /// The input's name: that of the field in the request.
    pub name: Option<&'static str>,
}

impl FieldContext {
    /// The field around, or a fresh one for an input that stands alone.
    pub fn take() -> Self {
        use_context().unwrap_or_else(|| Self {
            input_id: id::unique("input"),
            described_by: Signal::stored(None),
            invalid: Signal::stored(false),
            required: Signal::stored(false),
            name: None,
        })
    }

    /// The value of `aria-invalid`.
    pub fn aria_invalid(&self) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + use<> {
        let invalid = self.invalid;
        move || invalid.get().then_some("true")
    }
}

/// Label above, help below, error beside it with a mark of its own.
///
/// ```ignore
/// <Field label=t(texts::auth::EMAIL) error=errors.of("email") required=true>
///     <TextInput value=email kind=InputKind::Email/>
/// </Field>
/// ```
#[component]
pub fn Field(
    #[prop(into)] label: TextProp,
    /// What to write here, or what it is for.
    #[prop(optional, into)]
    help: Option<TextProp>,
    /// What is wrong with it; `FormErrors::of` gives it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    #[prop(optional, into)] required: Signal<bool>,
    /// Names the input after the field of the request.
    #[prop(optional)]
    name: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let input_id = id::unique("field");
    let help_id = help.is_some().then(|| format!("{input_id}-help"));
    let error_id = format!("{input_id}-error");
    let described_by = {
        let (help_id, error_id) = (help_id.clone(), error_id.clone());
        Signal::derive(move || {
            let error = error.with(Option::is_some).then(|| error_id.clone());
            let ids: Vec<_> = error.into_iter().chain(help_id.clone()).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        })
    };
    let invalid = Signal::derive(move || error.with(Option::is_some));
    let context =
        FieldContext { input_id: input_id.clone(), described_by, invalid, required, name };
    view! {
        <div class="field" data-field=name data-invalid=move || invalid.get().then_some("true")>
            <label class="field-label" for=input_id>
                {move || label.get()}
                <RequiredMark required/>
            </label>
            <Provider value=context>{children()}</Provider>
            <FieldError id=error_id error/>
            {help.map(|help| view! { <p class="field-help" id=help_id>{move || help.get()}</p> })}
        </div>
    }
}

#[component]
fn RequiredMark(required: Signal<bool>) -> impl IntoView {
    view! {
        <Show when=move || required.get()>
            <span class="field-required" aria-hidden="true">" *"</span>
            <span class="visually-hidden">", " {t(texts::common::REQUIRED)}</span>
        </Show>
    }
}

/// The message; polite, so that it is heard when it comes.
#[component]
fn FieldError(id: String, error: Signal<Option<String>>) -> impl IntoView {
    view! {
        <p class="field-error" id=id aria-live="polite">
            {move || error.get().map(|message| view! {
                <IconView icon=Icon::Alert/>
                <span>{message}</span>
            })}
        </p>
    }
}

/// Several inputs under one name: a radio group, an address, chips with their selector.
/// Its inputs bring their own labels.
#[component]
pub fn FieldGroup(
    #[prop(into)] legend: TextProp,
    #[prop(optional, into)] help: Option<TextProp>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] required: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let group_id = id::unique("group");
    let help_id = help.is_some().then(|| format!("{group_id}-help"));
    let error_id = format!("{group_id}-error");
    let described_by = {
        let (help_id, error_id) = (help_id.clone(), error_id.clone());
        move || {
            let error = error.with(Option::is_some).then(|| error_id.clone());
            let ids: Vec<_> = error.into_iter().chain(help_id.clone()).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    view! {
        <fieldset
            class="field field-group"
            aria-describedby=described_by
            data-invalid=move || error.with(Option::is_some).then_some("true")
        >
            <legend class="field-label">
                {move || legend.get()}
                <RequiredMark required/>
            </legend>
            {children()}
            <FieldError id=error_id error/>
            {help.map(|help| view! { <p class="field-help" id=help_id>{move || help.get()}</p> })}
        </fieldset>
    }
}

/// Fields side by side where there is room; `columns` at most.
#[component]
pub fn FieldRow(#[prop(default = 2)] columns: u8, children: Children) -> impl IntoView {
    view! { <div class="field-row" data-columns=columns.to_string()>{children()}</div> }
}
