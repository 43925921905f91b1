//! The list of corporations.

use super::super::bulk::{BulkBar, use_selection};
use super::super::export::Exported;
use super::super::filters::{ListHead, UrlFilter, active, search_word};
use super::super::listing::{Listed, Rows, remember_list};
use super::super::news::NewsBar;
use super::super::status::{corporation_statuses, corporation_types};
use super::super::tags::ByTags;
use super::super::total::Total;
use super::super::trail;
use super::super::views::{ViewMenu, use_list_views};
use super::delete::DeleteCorporation;
use super::query::{self, BY_STATUS, BY_TYPE, FILTERS, ORDERS, SHAPE};
use super::row::{Chosen, columns};
use crate::api::corporations::ListCorporations;
use crate::api::{self, use_client};
use crate::routes::Route;
use crate::state::{UrlState, t, use_list_query, use_session, use_title, use_url_state};
use crate::ui::pagination::PageInfo;
use crate::ui::{ButtonKind, ButtonLink, EmptyState, FilterBar, Icon, PageHeader, SearchInput};
use ebenezer_shared::crm::corporation::CorporationSummary;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::record::RecordType;
use ebenezer_shared::texts::corporations as c;
use leptos::children::ViewFnOnce;
use leptos::prelude::*;

/// `/corporations`
#[component]
pub fn CorporationsPage() -> impl IntoView {
    use_title(t(c::TITLE));
    trail::arrive(Route::Corporations);
    remember_list(Route::Corporations);
    let client = use_client();
    let url = use_url_state();
    let corporations = use_list_query(
        move || query::read(url),
        move |wanted: ListCorporations| async move { api::corporations::list(client, &wanted).await },
    );
    let deleting = RwSignal::new(None::<Chosen>);
    let lists = use_list_views(url, SHAPE);
    let selection = use_selection();
    let meant = Callback::new(move |()| untrack(|| api::corporations::meant(&query::read(url))));
    let exported = Exported::new("corporations", meant, Some(lists));
    let shown = Memo::new(move |_| lists.columns());
    let rows = Rows {
        columns: columns(Callback::new(move |chosen| deleting.set(Some(chosen)))),
        id: |row: &CorporationSummary| row.id.to_string(),
        version: |row| format!("{} {} {:?}", row.updated_at, row.contact_count, row.tags),
        label: |row| row.name.clone(),
        href: |row| Route::Corporation(row.id).path(),
    };
    let info = Signal::derive(move || corporations.data().map(|page| PageInfo::from(&page)));
    view! {
        <PageHeader title=t(c::TITLE)>
            <NewCorporation/>
        </PageHeader>
        <Filters url/>
        <ListHead url filters=&FILTERS orders=&ORDERS lists exported>
            <ViewMenu lists all=c::ALL/>
            <Total info count=c::total capped=c::total_capped/>
        </ListHead>
        <NewsBar subject=RecordType::Corporation shown=corporations/>
        <Listed page=corporations url filters=&FILTERS orders=&ORDERS label=c::TITLE rows shown selection first_use=FirstUse/>
        {selection.map(|selection| view! {
            <BulkBar
                list=SHAPE.list
                selection

                info
                meant
                exported
                on_done=move || corporations.reload()
            />
        })}
        <DeleteCorporation chosen=deleting on_done=move || corporations.reload()/>
    }
}

#[component]
fn Filters(url: UrlState) -> impl IntoView {
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
                options=Signal::derive(corporation_statuses)
            />
            <UrlFilter
                url
                filter=&BY_TYPE
                label=c::TYPE
                all=c::ANY_TYPE
                options=Signal::derive(corporation_types)
            />
            <ByTags url/>
        </FilterBar>
    }
}

#[component]
fn NewCorporation() -> impl IntoView {
    let session = use_session();
    view! {
        <Show when=move || session.allows(Module::Corporations, Action::Add)>
            <ButtonLink
                kind=ButtonKind::Primary
                icon=Icon::Plus
                href=Route::NewCorporation.path()
                attr:data-testid="new-corporation"
            >
                {t(c::NEW)}
            </ButtonLink>
        </Show>
    }
}

#[component]
fn FirstUse() -> impl IntoView {
    view! {
        <EmptyState icon=Icon::Building title=t(c::EMPTY) detail=t(c::EMPTY_DETAIL)>
            <NewCorporation/>
        </EmptyState>
    }
}
