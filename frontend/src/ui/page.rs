//! The parts of a page.

use super::badge::Tone;
use super::icon::{Icon, IconView};
use leptos::children::{Children, ViewFnOnce};
use leptos::prelude::*;

/// The head of a page: where it stands, what it is, what one does here.
#[component]
pub fn PageHeader(
    #[prop(into)] title: TextProp,
    /// A line below the title.
    #[prop(optional, into)]
    detail: Option<TextProp>,
    /// The page above: its path and name.
    #[prop(optional)]
    parent: Option<(String, TextProp)>,
    /// In front of the title: an avatar.
    #[prop(optional, into)]
    mark: Option<ViewFnOnce>,
    /// Behind the title: a status.
    #[prop(optional, into)]
    badge: Option<ViewFnOnce>,
    /// Buttons, the main one last.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="page-header">
            {parent.map(|(href, name)| view! {
                <a class="page-parent" href=href>
                    <IconView icon=Icon::ChevronLeft/>
                    {move || name.get()}
                </a>
            })}
            <div class="page-header-row">
                {mark.map(ViewFnOnce::run)}
                <div class="page-header-text">
                    <h1 class="page-title" tabindex="-1">
                        <span>{move || title.get()}</span>
                        {badge.map(ViewFnOnce::run)}
                    </h1>
                    {detail.map(|detail| view! { <p class="page-detail">{move || detail.get()}</p> })}
                </div>
                {children.map(|children| view! { <div class="page-actions">{children()}</div> })}
            </div>
        </header>
    }
}

/// A framed part of a page.
#[component]
pub fn Card(
    #[prop(optional, into)] title: Option<TextProp>,
    /// Beside the title: an edit button.
    #[prop(optional, into)]
    actions: Option<ViewFnOnce>,
    /// The content reaches the frame: tables.
    #[prop(optional)]
    flush: bool,
    children: Children,
) -> impl IntoView {
    let head = title.map(|title| {
        view! {
            <header class="card-header">
                <h2 class="card-title">{move || title.get()}</h2>
                {actions.map(ViewFnOnce::run)}
            </header>
        }
    });
    view! {
        <section class="card" data-flush=flush.then_some("true")>
            {head}
            <div class="card-body">{children()}</div>
        </section>
    }
}

/// A titled part of a form or page, without a frame.
#[component]
pub fn Section(
    #[prop(into)] title: TextProp,
    #[prop(optional, into)] detail: Option<TextProp>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="section">
            <header class="section-header">
                <h2 class="section-title">{move || title.get()}</h2>
                {detail.map(|detail| view! { <p class="quiet">{move || detail.get()}</p> })}
            </header>
            {children()}
        </section>
    }
}

/// Controls in a row above content.
#[component]
pub fn Toolbar(children: Children) -> impl IntoView {
    view! { <div class="toolbar">{children()}</div> }
}

/// Something to know about the page, in the page.
#[component]
pub fn Alert(
    #[prop(optional)] tone: Tone,
    #[prop(optional, into)] title: Option<TextProp>,
    children: Children,
) -> impl IntoView {
    let icon = match tone {
        Tone::Neutral | Tone::Info => Icon::Info,
        Tone::Success => Icon::Success,
        Tone::Warning | Tone::Danger => Icon::Alert,
    };
    view! {
        <div class="alert" data-tone=tone.as_attribute()>
            <IconView icon/>
            <div class="alert-text">
                {title.map(|title| view! { <p class="alert-title">{move || title.get()}</p> })}
                {children()}
            </div>
        </div>
    }
}
