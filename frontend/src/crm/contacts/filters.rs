//! Search and filters above the list of contacts.

use super::super::corporation_search::corporations;
use super::super::filters::{UrlFilter, active, search_word};
use super::super::people::People;
use super::super::status::contact_statuses;
use super::super::tags::ByTags;
use super::query::{BY_DEPARTMENT, BY_OWNER, BY_STATUS, CORPORATION, FILTERS};
use crate::api::{self, use_client};
use crate::state::url_state::Step;
use crate::state::{Query, UrlState, t, use_query, use_session};
use crate::ui::filter::UNNAMED;
use crate::ui::{Choice, FilterBar, FilterSearch, Model, SearchInput};
use ebenezer_shared::crm::department::Department;
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::team::TeamMember;
use ebenezer_shared::texts::contacts as c;
use leptos::children::ViewFnOnce;
use leptos::prelude::*;

/// Figure 4's row above the table. A filter whose values the role may not see is not there.
#[component]
pub fn ContactFilters(url: UrlState, people: People) -> impl IntoView {
    let session = use_session();
    let word = move || {
        view! { <SearchInput value=search_word(url) label=t(c::SEARCH) placeholder=t(c::SEARCH)/> }
    };
    view! {
        <FilterBar search=ViewFnOnce::from(word) active=active(url, &FILTERS)>
            <UrlFilter
                url
                filter=&BY_STATUS
                label=c::STATUS
                all=c::ANY_STATUS
                options=Signal::derive(contact_statuses)
            />
            <Show when=move || session.allows(Module::Corporations, Action::View)>
                <ByCorporation url/>
            </Show>
            <Show when=move || session.allows(Module::Departments, Action::View)>
                <ByDepartment url departments=people.departments/>
            </Show>
            <Show when=move || session.allows(Module::Team, Action::View)>
                <ByOwner url team=people.team/>
            </Show>
            <ByTags url/>
        </FilterBar>
    }
}

#[component]
fn ByCorporation(url: UrlState) -> impl IntoView {
    let client = use_client();
    let chosen = RwSignal::new(None::<Choice>);
    let id = Memo::new(move |_| url.parse::<CorporationId>(CORPORATION));
    // A link or a reload brings the id alone; its name is asked for.
    let named = use_query(
        move || id.get(),
        move |id| async move {
            let Some(id) = id else { return Ok(None) };
            let known = chosen.try_get_untracked().flatten();
            if let Some(known) = known.filter(|known| known.value == id.to_string()) {
                return Ok(Some(known));
            }
            let found = api::corporations::get(client, id).await?;
            Ok(Some(Choice::new(id.to_string(), found.value.name)))
        },
    );
    let shown = Signal::derive(move || {
        let id = id.get()?;
        let unnamed = || Choice::new(id.to_string(), UNNAMED);
        Some(named.data().flatten().unwrap_or_else(unnamed))
    });
    let value = Model::new(shown, move |choice: Option<Choice>| {
        chosen.set(choice.clone());
        let id = choice.map(|choice| choice.value).unwrap_or_default();
        url.set_filter(&[(CORPORATION, id)], Step::New);
    });
    view! {
        <div class="filter" data-testid=format!("filter-{CORPORATION}")>
            <FilterSearch
                label=t(c::CORPORATION)
                all=t(c::ANY_CORPORATION)
                search=corporations(client)
                value
            />
        </div>
    }
}

#[component]
fn ByDepartment(url: UrlState, departments: Query<Vec<Department>>) -> impl IntoView {
    let options = Signal::derive(move || {
        let all = departments.data().unwrap_or_default();
        all.into_iter().map(|it| Choice::new(it.id.to_string(), it.name)).collect::<Vec<_>>()
    });
    view! { <UrlFilter url filter=&BY_DEPARTMENT label=c::DEPARTMENT all=c::ANY_DEPARTMENT options/> }
}

#[component]
fn ByOwner(url: UrlState, team: Query<Vec<TeamMember>>) -> impl IntoView {
    let options = Signal::derive(move || {
        let all = team.data().unwrap_or_default();
        all.into_iter().map(|it| Choice::new(it.id.to_string(), it.full_name)).collect::<Vec<_>>()
    });
    view! { <UrlFilter url filter=&BY_OWNER label=c::OWNER all=c::ANY_OWNER options/> }
}
