//! A status in a word.

use leptos::children::Children;
use leptos::prelude::*;

/// What a status means to the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Neutral,
    /// Good, active.
    Success,
    /// Worth a look.
    Info,
    Warning,
    Danger,
}

impl Tone {
    /// The name that styles go by.
    pub const fn as_attribute(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Success => "success",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }
}

/// A word with a dot; the word carries the meaning, the colour repeats it.
#[component]
pub fn Badge(
    #[prop(optional, into)] tone: Signal<Tone>,
    /// Without the dot.
    #[prop(optional)]
    plain: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <span class="badge" data-tone=move || tone.get().as_attribute() data-plain=plain.then_some("true")>
            {children()}
        </span>
    }
}
