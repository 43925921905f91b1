//! A panel that slides in from the side: navigation on phones, details beside a list.

use super::button::IconButton;
use super::dialog::drive;
use super::icon::Icon;
use super::id;
use crate::state::t;
use ebenezer_shared::texts;
use leptos::children::ChildrenFn;
use leptos::ev::{Event, MouseEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// From which side it comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DrawerSide {
    Start,
    #[default]
    End,
}

impl DrawerSide {
    const fn as_attribute(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::End => "end",
        }
    }
}

/// A drawer. A press beside it, Esc and the cross ask `on_close`.
#[component]
pub fn Drawer(
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] on_close: Callback<()>,
    #[prop(into)] title: TextProp,
    #[prop(optional)] side: DrawerSide,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Dialog>::new();
    let title_id = id::unique("drawer");
    drive(node, open);
    let on_cancel = move |event: Event| {
        event.prevent_default();
        on_close.run(());
    };
    // The drawer fills its own box, so a press that hits the dialog itself is beside it.
    let on_click = move |event: MouseEvent| {
        let beside = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlDialogElement>().ok())
            .is_some();
        if beside {
            on_close.run(());
        }
    };
    let heading_id = title_id.clone();
    let title = StoredValue::new(title);
    view! {
        <dialog
            class="drawer"
            data-side=side.as_attribute()
            aria-labelledby=title_id
            node_ref=node
            on:cancel=on_cancel
            on:click=on_click
        >
            <Show when=move || open.get()>
                <div class="drawer-panel">
                    <header class="dialog-header">
                        <h2 class="dialog-title" id=heading_id.clone()>{move || title.with_value(TextProp::get)}</h2>
                        <IconButton icon=Icon::Close label=t(texts::common::CLOSE) on_click=on_close/>
                    </header>
                    <div class="drawer-body">{children()}</div>
                </div>
            </Show>
        </dialog>
    }
}
