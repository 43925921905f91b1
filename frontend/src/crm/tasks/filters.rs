//! Search and filters above the list.

use super::super::cases::priorities;
use super::super::filters::{UrlFilter, active, search_word};
use super::super::people::{team_choices, use_team};
use super::query::{ALL, BY_ASSIGNEE, BY_LATE, BY_PRIORITY, BY_STATUS, FILTERS};
use super::words::statuses;
use crate::state::{UrlState, locale, t, use_session};
use crate::ui::{Choice, FilterBar, SearchInput};
use ebenezer_shared::texts::tasks as k;
use leptos::children::ViewFnOnce;
use leptos::prelude::*;

/// The bar. One's own tasks are the first choice among the people.
#[component]
pub fn TaskFilters(url: UrlState) -> impl IntoView {
    let (session, team) = (use_session(), use_team());
    let word = move || {
        view! { <SearchInput value=search_word(url) label=t(k::SEARCH) placeholder=t(k::SEARCH)/> }
    };
    let by_status = Signal::derive(|| {
        let all = Choice::texts([(ALL, k::ANY_STATUS)]);
        all.into_iter().chain(statuses()).collect::<Vec<_>>()
    });
    let people = Signal::derive(move || {
        let me = session.account().map(|account| account.user.id.to_string()).unwrap_or_default();
        let mut all = vec![Choice::new(me.clone(), k::MINE.get(locale()))];
        let others = team_choices(&team.data().unwrap_or_default(), "");
        all.extend(others.into_iter().filter(|it| it.value != me));
        all
    });
    let late = Signal::derive(|| Choice::texts([("true", k::OVERDUE)]));
    view! {
        <FilterBar search=ViewFnOnce::from(word) active=active(url, &FILTERS)>
            <UrlFilter url filter=&BY_STATUS label=k::STATUS all=k::PENDING options=by_status/>
            <UrlFilter url filter=&BY_ASSIGNEE label=k::ASSIGNEE all=k::ANYBODY options=people/>
            <UrlFilter url filter=&BY_PRIORITY label=k::PRIORITY all=k::ANY_PRIORITY options=Signal::derive(priorities)/>
            <UrlFilter url filter=&BY_LATE label=k::DUE_DAY all=k::ANY_DAY options=late/>
        </FilterBar>
    }
}
