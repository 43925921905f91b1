//! Text on one line and on several.

use super::field::FieldContext;
use super::model::Model;
use leptos::prelude::*;
use web_sys::HtmlElement;

/// What kind of text, for keyboards of phones and for the browser's help.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    #[default]
    Text,
    Email,
    Phone,
    /// Digits that are not a quantity: a tax number.
    Digits,
    Color,
    Number,
    /// A time of the day: `14:30`.
    Time,
}

impl InputKind {
    const fn input_type(self) -> &'static str {
        match self {
            // Our own rules judge addresses; the browser's bubble would come first.
            Self::Text | Self::Digits | Self::Email => "text",
            Self::Phone => "tel",
            Self::Color => "color",
            Self::Number => "number",
            Self::Time => "time",
        }
    }

    const fn input_mode(self) -> Option<&'static str> {
        match self {
            Self::Email => Some("email"),
            Self::Digits => Some("numeric"),
            _ => None,
        }
    }
}

/// A line of text inside a [`super::Field`].
#[component]
pub fn TextInput(
    #[prop(into)] value: Model<String>,
    #[prop(optional)] kind: InputKind,
    #[prop(optional, into)] placeholder: Option<TextProp>,
    /// HTML's autofill name: `email`, `given-name`, `off`.
    #[prop(optional, into)]
    autocomplete: Option<String>,
    /// Characters that fit.
    #[prop(optional)]
    max_length: Option<usize>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] readonly: Signal<bool>,
    /// Shown in front, inside the frame: `https://`.
    #[prop(optional, into)]
    prefix: Option<TextProp>,
    /// Shown behind, inside the frame: `.ebenezer.app`, `%`.
    #[prop(optional, into)]
    suffix: Option<TextProp>,
    /// Takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
    /// The person left the input.
    #[prop(optional, into)]
    on_blur: Option<Callback<()>>,
    #[prop(optional)] node_ref: NodeRef<leptos::html::Input>,
) -> impl IntoView {
    let field = FieldContext::take();
    let invalid = field.aria_invalid();
    if autofocus {
        focus_when_there(move || node_ref.get().map(Into::into));
    }
    view! {
        <div class="input" data-kind=kind.input_type()>
            {prefix.map(|text| view! { <span class="input-affix">{move || text.get()}</span> })}
            <input
                class="input-control"
                id=field.input_id
                name=field.name
                type=kind.input_type()
                inputmode=kind.input_mode()
                autocapitalize=(kind == InputKind::Email).then_some("off")
                spellcheck=(kind != InputKind::Text).then_some("false")
                autocomplete=autocomplete.unwrap_or_else(|| "off".to_owned())
                maxlength=max_length.map(|length| length.to_string())
                placeholder=move || placeholder.as_ref().map(TextProp::get)
                required=move || field.required.get()
                disabled=move || disabled.get()
                readonly=move || readonly.get()
                aria-invalid=invalid
                aria-describedby=move || field.described_by.get()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                on:blur=move |_| {
                    if let Some(on_blur) = on_blur {
                        on_blur.run(());
                    }
                }
                node_ref=node_ref
            />
            {suffix.map(|text| view! { <span class="input-affix">{move || text.get()}</span> })}
        </div>
    }
}

/// Gives the focus to an input once it stands in the page.
pub fn focus_when_there(input: impl Fn() -> Option<HtmlElement> + 'static) {
    Effect::new(move || {
        if let Some(input) = input() {
            request_animation_frame(move || {
                let _ = input.focus();
            });
        }
    });
}

/// Text of several lines; grows with its content where the browser can.
#[component]
pub fn TextArea(
    #[prop(into)] value: Model<String>,
    #[prop(default = 4)] rows: u32,
    #[prop(optional, into)] placeholder: Option<TextProp>,
    #[prop(optional)] max_length: Option<usize>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let field = FieldContext::take();
    let invalid = field.aria_invalid();
    let node_ref = NodeRef::<leptos::html::Textarea>::new();
    if autofocus {
        focus_when_there(move || node_ref.get().map(Into::into));
    }
    view! {
        <textarea
            class="input textarea"
            id=field.input_id
            name=field.name
            rows=rows.to_string()
            maxlength=max_length.map(|length| length.to_string())
            placeholder=move || placeholder.as_ref().map(TextProp::get)
            required=move || field.required.get()
            disabled=move || disabled.get()
            aria-invalid=invalid
            aria-describedby=move || field.described_by.get()
            prop:value=move || value.get()
            on:input=move |event| value.set(event_target_value(&event))
            node_ref=node_ref
        ></textarea>
    }
}
