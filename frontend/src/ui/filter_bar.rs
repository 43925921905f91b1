//! Search and filters above a list. Where there is little room, as on a phone, the filters
//! wait behind a button that says how many of them filter.

use super::button::ButtonKind;
use super::icon::{Icon, IconView};
use super::id;
use crate::state::{locale, t};
use ebenezer_shared::texts::listing as l;
use leptos::children::{Children, ViewFnOnce};
use leptos::prelude::*;

/// The bar. Its parts keep their places whatever is chosen.
#[component]
pub fn FilterBar(
    /// The search word; always in sight.
    #[prop(into)]
    search: ViewFnOnce,
    /// How many filters filter.
    #[prop(into)]
    active: Signal<usize>,
    /// The filters.
    children: Children,
) -> impl IntoView {
    let group_id = id::unique("filters");
    let open = RwSignal::new(false);
    let any = move || active.get() > 0;
    view! {
        <div class="filter-bar">
            <div class="filter-row">
                {search.run()}
                <button
                    type="button"
                    class="button filter-toggle"
                    data-kind=ButtonKind::Secondary.as_attribute()
                    data-active=move || any().then_some("true")
                    data-testid="filters"
                    aria-expanded=move || open.get().to_string()
                    aria-controls=group_id.clone()
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    <IconView icon=Icon::Filter/>
                    <span>{t(l::FILTERS)}</span>
                    <Show when=any>
                        <span class="filter-count" aria-hidden="true">{active}</span>
                        <span class="visually-hidden">
                            {move || l::active_filters(locale(), active.get() as u64)}
                        </span>
                    </Show>
                </button>
                <div class="filter-group" id=group_id data-open=move || open.get().then_some("true")>
                    {children()}
                </div>
            </div>
        </div>
    }
}
