//! Grey shapes where content will be.

use leptos::prelude::*;

/// What will be there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SkeletonKind {
    /// Lines of text.
    #[default]
    Lines,
    /// A heading and a card of fields.
    Record,
    /// Labelled inputs.
    Form,
}

/// A skeleton; screen readers pass it over, `aria-busy` on the region says the rest.
#[component]
pub fn Skeleton(
    #[prop(optional)] kind: SkeletonKind,
    /// How many lines or fields.
    #[prop(default = 3)]
    count: usize,
) -> impl IntoView {
    let line = |index: usize| {
        let width = ["long", "short", "medium"].get(index % 3).copied();
        view! { <span class="skeleton" data-width=width></span> }
    };
    let field =
        |index: usize| view! { <div class="skeleton-field">{line(index + 1)}{line(0)}</div> };
    let inner = match kind {
        SkeletonKind::Lines => (0..count).map(line).collect_view().into_any(),
        SkeletonKind::Form => (0..count).map(field).collect_view().into_any(),
        SkeletonKind::Record => view! {
            <span class="skeleton" data-shape="title"></span>
            <div class="card skeleton-card">{(0..count).map(field).collect_view()}</div>
        }
        .into_any(),
    };
    view! { <div class="skeletons" aria-hidden="true">{inner}</div> }
}
