//! Dialogs on the browser's own `<dialog>`: it traps the focus, gives it back, and lies
//! above everything.

use super::button::{Button, ButtonKind, IconButton};
use super::icon::Icon;
use super::id;
use crate::state::t;
use ebenezer_shared::texts;
use leptos::children::{ChildrenFn, ViewFn};
use leptos::ev::Event;
use leptos::prelude::*;

/// How wide a dialog is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DialogSize {
    /// A question.
    Small,
    #[default]
    Medium,
    /// Two versions side by side.
    Large,
}

impl DialogSize {
    const fn as_attribute(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

/// Opens and closes a `<dialog>` with a signal; Esc asks `on_close`.
pub fn drive(node: NodeRef<leptos::html::Dialog>, open: Signal<bool>) {
    Effect::new(move || {
        let Some(dialog) = node.get() else { return };
        if open.get() && !dialog.open() {
            // Fails only when the dialog has left the page.
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
}

/// A dialog. Its content is made when it opens and dropped when it closes.
#[component]
pub fn Dialog(
    #[prop(into)] open: Signal<bool>,
    /// Esc or the cross was pressed; set `open` to false to follow.
    #[prop(into)]
    on_close: Callback<()>,
    #[prop(into)] title: TextProp,
    #[prop(optional)] size: DialogSize,
    /// Neither Esc nor a cross close it: it must be answered.
    #[prop(optional)]
    must_answer: bool,
    /// The title gets the first focus: for what is to be read before anything is chosen.
    #[prop(optional)]
    focus_title: bool,
    /// Buttons at the foot, the main one last.
    #[prop(optional, into)]
    footer: Option<ViewFn>,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::new();
    let title_id = id::unique("dialog");
    drive(node, open);
    let on_cancel = move |event: Event| {
        event.prevent_default();
        if !must_answer {
            on_close.run(());
        }
    };
    let heading_id = title_id.clone();
    let footer = StoredValue::new(footer);
    let title = StoredValue::new(title);
    view! {
        <dialog
            class="dialog"
            data-size=size.as_attribute()
            aria-labelledby=title_id
            node_ref=node
            on:cancel=on_cancel
        >
            <Show when=move || open.get()>
                <header class="dialog-header">
                    <h2
                        class="dialog-title"
                        id=heading_id.clone()
                        tabindex=focus_title.then_some("-1")
                        autofocus=focus_title
                    >
                        {move || title.with_value(TextProp::get)}
                    </h2>
                </header>
                <div class="dialog-body">{children()}</div>
                {footer.with_value(|footer| {
                    footer.as_ref().map(|footer| view! { <footer class="dialog-footer">{footer.run()}</footer> })
                })}
                // Last, so that the first focus goes to the content or to the foot.
                {(!must_answer).then(|| view! {
                    <div class="dialog-close">
                        <IconButton icon=Icon::Close label=t(texts::common::CLOSE) on_click=on_close/>
                    </div>
                })}
            </Show>
        </dialog>
    }
}

/// Asks before something is done.
#[component]
pub fn Confirm(
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] on_cancel: Callback<()>,
    #[prop(into)] on_confirm: Callback<()>,
    #[prop(into)] title: TextProp,
    /// What will happen, and whether it can be undone.
    #[prop(into)]
    detail: TextProp,
    /// What the button says: the act, not “OK”.
    #[prop(into)]
    confirm_label: TextProp,
    #[prop(optional, into)] cancel_label: Option<TextProp>,
    /// It destroys something.
    #[prop(optional)]
    danger: bool,
    /// The act is under way.
    #[prop(optional, into)]
    pending: Signal<bool>,
) -> impl IntoView {
    let cancel_label = cancel_label.unwrap_or_else(|| t(texts::common::CANCEL).into());
    let kind = if danger { ButtonKind::Danger } else { ButtonKind::Primary };
    let footer = move || {
        let (confirm, cancel) = (confirm_label.clone(), cancel_label.clone());
        view! {
            <Button on_click=on_cancel>{move || cancel.get()}</Button>
            <Button kind loading=pending on_click=on_confirm>{move || confirm.get()}</Button>
        }
    };
    view! {
        <Dialog open on_close=on_cancel title size=DialogSize::Small footer>
            {
                let detail = detail.clone();
                view! { <p>{move || detail.get()}</p> }
            }
        </Dialog>
    }
}
