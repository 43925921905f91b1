//! Search and filters above the list and the board.

use super::super::filters::{UrlFilter, active, search_word};
use super::super::people::People;
use super::query::{
    BY_ASSIGNEE, BY_DEPARTMENT, BY_LATE, BY_PRIORITY, BY_STATUS, BY_TYPE, FILTERS, OPEN,
};
use super::words::{priorities, statuses, types};
use crate::state::{UrlState, t};
use crate::ui::{Choice, FilterBar, SearchInput};
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts::cases as c;
use leptos::children::ViewFnOnce;
use leptos::prelude::*;

/// The bar. The board has its statuses as columns and filters by none.
#[component]
pub fn CaseFilters(url: UrlState, people: People, #[prop(optional)] board: bool) -> impl IntoView {
    let word = move || {
        view! { <SearchInput value=search_word(url) label=t(c::SEARCH) placeholder=t(c::SEARCH)/> }
    };
    let by_status = (!board).then(|| {
        let options = Signal::derive(|| {
            let open = Choice::texts([(OPEN, c::OPEN)]);
            open.into_iter().chain(statuses()).collect::<Vec<_>>()
        });
        view! { <UrlFilter url filter=&BY_STATUS label=c::STATUS all=c::ANY_STATUS options/> }
    });
    let team = Signal::derive(move || {
        let all = people.team.data().unwrap_or_default();
        all.into_iter().map(|it| Choice::new(it.id.to_string(), it.full_name)).collect::<Vec<_>>()
    });
    let departments = Signal::derive(move || {
        let all = people.departments.data().unwrap_or_default();
        all.into_iter().map(|it| Choice::new(it.id.to_string(), it.name)).collect::<Vec<_>>()
    });
    let late = Signal::derive(|| Choice::texts([("true", c::OVERDUE)]));
    view! {
        <FilterBar search=ViewFnOnce::from(word) active=active(url, &FILTERS)>
            {by_status}
            <UrlFilter url filter=&BY_TYPE label=c::TYPE all=c::ANY_TYPE options=Signal::derive(types)/>
            <Known options=team>
                <UrlFilter url filter=&BY_ASSIGNEE label=c::ASSIGNEE all=c::ANYBODY options=team/>
            </Known>
            <Known options=departments>
                <UrlFilter url filter=&BY_DEPARTMENT label=c::DEPARTMENT all=c::ANY_DEPARTMENT options=departments/>
            </Known>
            <UrlFilter url filter=&BY_PRIORITY label=c::PRIORITY all=c::ANY_PRIORITY options=Signal::derive(priorities)/>
            <UrlFilter url filter=&BY_LATE label=c::DUE_ON all=c::ANY_DAY options=late/>
        </FilterBar>
    }
}

/// A filter whose values the role may not see, or that has none, is not there.
#[component]
fn Known(options: Signal<Vec<Choice>>, children: ChildrenFn) -> impl IntoView {
    view! { <Show when=move || !options.with(Vec::is_empty)>{children()}</Show> }
}

/// Where there is nothing: what a case is, in a word.
pub const EMPTY: (Text, Text) = (c::EMPTY, c::EMPTY_DETAIL);
