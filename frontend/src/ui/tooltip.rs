//! A word more about something, on hover and on focus.

use super::float::{FloatAlign, place, unplace};
use super::id;
use leptos::children::Children;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// Shows `text` beside its content. Esc hides it (WCAG 1.4.13). Content that cannot take
/// the focus gets it through `focusable`, so that the keyboard reaches the text as well.
#[component]
pub fn Tooltip(
    #[prop(into)] text: TextProp,
    #[prop(optional)] focusable: bool,
    children: Children,
) -> impl IntoView {
    let tip_id = id::unique("tip");
    let described_by = tip_id.clone();
    let anchor = NodeRef::<leptos::html::Span>::new();
    let tip = NodeRef::<leptos::html::Span>::new();
    let show = move || {
        if let (Some(anchor), Some(tip)) = (anchor.get_untracked(), tip.get_untracked())
            && tip.show_popover().is_ok()
        {
            place(&anchor, &tip, FloatAlign::Above);
        }
    };
    let hide = move || {
        if let Some(tip) = tip.get_untracked() {
            let _ = tip.hide_popover();
            unplace(&tip);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            hide();
        }
    };
    view! {
        <span
            class="tooltip-anchor"
            node_ref=anchor
            tabindex=focusable.then_some("0")
            aria-describedby=described_by
            on:mouseenter=move |_| show()
            on:mouseleave=move |_| hide()
            on:focusin=move |_| show()
            on:focusout=move |_| hide()
            on:keydown=on_key
        >
            {children()}
            <span class="tooltip float" id=tip_id role="tooltip" popover="manual" node_ref=tip>
                {move || text.get()}
            </span>
        </span>
    }
}
