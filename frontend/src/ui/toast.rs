//! Where messages appear.

use super::button::{Button, ButtonKind, ButtonSize, IconButton};
use super::icon::{Icon, IconView};
use crate::state::toasts::{Toast, ToastKind};
use crate::state::{t, use_toasts};
use ebenezer_shared::texts;
use leptos::prelude::*;

/// Messages above everything, dialogs included, and a polite live region that says them.
/// Put one into the root.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = use_toasts();
    let node = NodeRef::<leptos::html::Div>::new();
    Effect::new(move || {
        let any = !toasts.shown().is_empty();
        let Some(region) = node.get() else { return };
        // Hiding and showing puts it on top of a dialog that opened since.
        let _ = region.hide_popover();
        if any {
            let _ = region.show_popover();
        }
    });
    view! {
        // Always there, so that screen readers notice what comes.
        <p class="visually-hidden toast-said" role="status" aria-live="polite">
            {move || toasts.shown().last().map(|toast| toast.text.get())}
        </p>
        <div class="toasts" popover="manual" role="region" aria-label=t(texts::common::NOTIFICATIONS) node_ref=node>
            <For each=move || toasts.shown() key=|toast| toast.id let:toast>
                <ToastView toast/>
            </For>
        </div>
    }
}

#[component]
fn ToastView(toast: Toast) -> impl IntoView {
    let toasts = use_toasts();
    let Toast { id, kind, text, action } = toast;
    let icon = match kind {
        ToastKind::Success => Icon::Success,
        ToastKind::Info => Icon::Info,
        ToastKind::Error => Icon::Alert,
    };
    view! {
        <div class="toast" data-testid="toast" data-kind=kind.as_str()>
            <IconView icon/>
            <p class="toast-text">{move || text.get()}</p>
            {action.map(|action| view! {
                <Button kind=ButtonKind::Ghost size=ButtonSize::Small on_click=move || {
                    toasts.dismiss(id);
                    action.run.run(());
                }>{move || action.label.get()}</Button>
            })}
            <IconButton
                icon=Icon::Close
                size=ButtonSize::Small
                label=t(texts::common::DISMISS)
                on_click=move || toasts.dismiss(id)
            />
        </div>
    }
}
