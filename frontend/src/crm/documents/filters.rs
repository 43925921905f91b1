//! Search and filters above the list of documents.

use super::super::filters::{UrlFilter, active, search_word};
use super::super::people::use_departments;
use super::query::{BY_DEPARTMENT, BY_KIND, BY_SHARED, FILTERS};
use super::words::kinds;
use crate::state::{UrlState, t};
use crate::ui::{Choice, FilterBar, SearchInput};
use ebenezer_shared::texts::documents as d;
use leptos::children::ViewFnOnce;
use leptos::prelude::*;

/// The bar.
#[component]
pub fn DocumentFilters(url: UrlState) -> impl IntoView {
    let word = move || {
        view! { <SearchInput value=search_word(url) label=t(d::SEARCH) placeholder=t(d::SEARCH)/> }
    };
    let known = use_departments();
    let departments = Signal::derive(move || {
        let all = known.data().unwrap_or_default();
        all.into_iter().map(|it| Choice::new(it.id.to_string(), it.name)).collect::<Vec<_>>()
    });
    let shared = Signal::derive(|| Choice::texts([("true", d::SHARED), ("false", d::NOT_SHARED)]));
    view! {
        <FilterBar search=ViewFnOnce::from(word) active=active(url, &FILTERS)>
            <UrlFilter url filter=&BY_KIND label=d::KIND all=d::ANY_KIND options=Signal::derive(kinds)/>
            <Show when=move || !departments.with(Vec::is_empty)>
                <UrlFilter url filter=&BY_DEPARTMENT label=d::DEPARTMENT all=d::ANY_DEPARTMENT options=departments/>
            </Show>
            <UrlFilter url filter=&BY_SHARED label=d::PORTAL all=d::EITHER_WAY options=shared/>
        </FilterBar>
    }
}
