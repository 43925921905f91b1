//! Buttons, and links that look like them.

use super::icon::{Icon, IconView};
use leptos::children::Children;
use leptos::either::Either;
use leptos::prelude::*;

/// How much a button asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing that the page is for.
    Primary,
    #[default]
    Secondary,
    /// Quiet: no frame until touched.
    Ghost,
    /// Destroys something.
    Danger,
}

impl ButtonKind {
    /// The name that styles go by.
    pub const fn as_attribute(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Ghost => "ghost",
            Self::Danger => "danger",
        }
    }
}

/// How large a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonSize {
    Small,
    #[default]
    Medium,
    /// For forms that are alone on a page.
    Large,
}

impl ButtonSize {
    /// The name that styles go by.
    pub const fn as_attribute(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

/// A button with a text. While `loading` it keeps the focus, shows a spinner and does
/// nothing.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] size: ButtonSize,
    /// In front of the text.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// Submits the form around it.
    #[prop(optional)]
    submit: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] loading: Signal<bool>,
    /// What a press does.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let press = move |event: leptos::ev::MouseEvent| {
        if loading.get_untracked() {
            event.prevent_default();
        } else if let Some(on_click) = on_click {
            on_click.run(());
        }
    };
    view! {
        <button
            class="button"
            type=if submit { "submit" } else { "button" }
            data-kind=kind.as_attribute()
            data-size=size.as_attribute()
            disabled=move || disabled.get()
            aria-disabled=move || loading.get().then_some("true")
            aria-busy=move || loading.get().then_some("true")
            on:click=press
        >
            {icon.map(|icon| view! { <IconView icon/> })}
            <span class="button-text">{children()}</span>
            <span class="spinner" aria-hidden="true"></span>
        </button>
    }
}

/// A link that looks like a button: it goes somewhere.
#[component]
pub fn ButtonLink(
    #[prop(into)] href: Signal<String>,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] size: ButtonSize,
    #[prop(optional, into)] icon: Option<Icon>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="button" href=move || href.get() data-kind=kind.as_attribute() data-size=size.as_attribute()>
            {icon.map(|icon| view! { <IconView icon/> })}
            <span class="button-text">{children()}</span>
        </a>
    }
}

/// A button that is an icon alone; `label` names it for screen readers and as a tooltip.
#[component]
pub fn IconButton(
    #[prop(into)] icon: Signal<Icon>,
    #[prop(into)] label: TextProp,
    #[prop(default = ButtonKind::Ghost)] kind: ButtonKind,
    #[prop(optional)] size: ButtonSize,
    /// For buttons that are on or off.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Goes there instead of doing something.
    #[prop(optional, into)]
    href: Option<String>,
    #[prop(optional, into)] on_click: Option<Callback<()>>,
) -> impl IntoView {
    let text = label.clone();
    let inner = view! {
        <IconView icon/>
    };
    if let Some(href) = href {
        return Either::Left(view! {
            <a
                class="button"
                data-shape="icon"
                data-kind=kind.as_attribute()
                data-size=size.as_attribute()
                href=href
                aria-label=move || text.get()
                title=move || label.get()
            >
                {inner}
            </a>
        });
    }
    Either::Right(view! {
        <button
            type="button"
            class="button"
            data-shape="icon"
            data-kind=kind.as_attribute()
            data-size=size.as_attribute()
            disabled=move || disabled.get()
            aria-pressed=move || pressed.map(|on| on.get().to_string())
            aria-label=move || text.get()
            title=move || label.get()
            on:click=move |_| {
                if let Some(on_click) = on_click {
                    on_click.run(());
                }
            }
        >
            {inner}
        </button>
    })
}
