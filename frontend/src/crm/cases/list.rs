//! The list of cases.

use super::super::export::Exported;
use super::super::filters::ListHead;
use super::super::listing::{Listed, Rows, remember_list};
use super::super::news::NewsBar;
use super::super::people::People;
use super::super::status::StatusBadge;
use super::super::total::Total;
use super::super::trail;
use super::filters::{CaseFilters, EMPTY};
use super::query::{self, FILTERS, ORDERS};
use super::words::{DueDay, PriorityMark, client_names, full_title, title};
use crate::api::{self, use_client};
use crate::routes::Route;
use crate::state::{UrlState, locale, t, use_list_query, use_session, use_title, use_url_state};
use crate::ui::pagination::PageInfo;
use crate::ui::{ButtonKind, ButtonLink, Column, EmptyState, Icon, PageHeader};
use ebenezer_shared::crm::case::CaseSummary;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::record::RecordType;
use ebenezer_shared::texts::cases as c;
use leptos::prelude::*;

/// `/cases`
#[component]
pub fn CasesPage() -> impl IntoView {
    use_title(t(c::TITLE));
    trail::arrive(Route::Cases);
    remember_list(Route::Cases);
    let client = use_client();
    let url = use_url_state();
    let cases = use_list_query(
        move || query::read(url),
        move |query: String| async move { api::cases::list(client, &query).await },
    );
    let people = People::read();
    let meant = Callback::new(move |()| untrack(|| query::read(url)));
    let exported = Exported::new("cases", meant, None);
    let shown = Memo::new(move |_| COLUMNS.map(str::to_owned).to_vec());
    let rows = Rows {
        columns: columns(),
        id: |row: &CaseSummary| row.id.to_string(),
        version: |row| format!("{} {}", row.version, row.client.name),
        label: full_title,
        href: |row| Route::Case(row.id).path(),
    };
    let info = Signal::derive(move || cases.data().map(|page| PageInfo::from(&page)));
    view! {
        <PageHeader title=t(c::TITLE)>
            <Switch url to=Route::CaseBoard/>
            <NewCase/>
        </PageHeader>
        <CaseFilters url people/>
        <ListHead url filters=&FILTERS orders=&ORDERS exported>
            <Total info count=c::total capped=c::total_capped/>
        </ListHead>
        <NewsBar subject=RecordType::Case shown=cases/>
        <Listed page=cases url filters=&FILTERS orders=&ORDERS label=c::TITLE rows shown selection=None first_use=FirstUse/>
    }
}

const COLUMNS: [&str; 6] = ["client", "status", "due_on", "assignee", "priority", "checklist"];

fn columns() -> Vec<Column<CaseSummary>> {
    vec![
        Column::new(t(c::CASE), |row: &CaseSummary| {
            let (kind, year, period) = (row.kind, row.tax_year, row.period);
            view! { <span class="person-name">{move || title(locale(), kind, year, period)}</span> }
        })
        .title(),
        Column::new(t(c::CLIENT), |row: &CaseSummary| client_names(row)).key("client").one_line(),
        Column::new(t(c::STATUS), |row: &CaseSummary| view! { <StatusBadge status=row.status/> })
            .key("status")
            .sortable("status"),
        Column::new(t(c::DUE_ON), |row: &CaseSummary| {
            view! { <DueDay day=row.due_on can_be_late=row.status.can_be_late()/> }
        })
        .key("due_on")
        .sortable("due_on"),
        Column::new(t(c::ASSIGNEE), |row: &CaseSummary| {
            row.assignee.as_ref().map(|it| it.full_name.clone())
        })
        .key("assignee")
        .one_line(),
        Column::new(t(c::PRIORITY), |row: &CaseSummary| {
            view! { <PriorityMark priority=row.priority/> }
        })
        .key("priority")
        .wide_only(),
        Column::new(t(c::CHECKLIST), |row: &CaseSummary| {
            let (done, all) = (row.checklist_done, row.checklist_total);
            (all > 0).then(|| format!("{done}/{all}"))
        })
        .key("checklist")
        .end()
        .wide_only(),
    ]
}

/// To the list or to the board, with the same filters.
#[component]
pub fn Switch(url: UrlState, to: Route) -> impl IntoView {
    let (icon, label) = match to {
        Route::CaseBoard => (Icon::Columns, c::TO_BOARD),
        _ => (Icon::Menu, c::TO_LIST),
    };
    move || {
        view! {
            <ButtonLink icon href=query::also_on(url, to) attr:data-testid="switch-view">
                {t(label)}
            </ButtonLink>
        }
    }
}

#[component]
pub fn NewCase() -> impl IntoView {
    let session = use_session();
    view! {
        <Show when=move || session.allows(Module::Cases, Action::Add)>
            <ButtonLink
                kind=ButtonKind::Primary
                icon=Icon::Plus
                href=Route::NewCase.path()
                attr:data-testid="new-case"
            >
                {t(c::NEW)}
            </ButtonLink>
        </Show>
    }
}

#[component]
pub fn FirstUse() -> impl IntoView {
    let (title, detail) = EMPTY;
    view! {
        <EmptyState icon=Icon::Briefcase title=t(title) detail=t(detail)>
            <NewCase/>
        </EmptyState>
    }
}
