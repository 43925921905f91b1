//! The list of tasks.

use super::super::cases::{PriorityMark, title};
use super::super::export::Exported;
use super::super::filters::ListHead;
use super::super::listing::{Listed, Rows, remember_list};
use super::super::news::NewsBar;
use super::super::status::StatusBadge;
use super::super::total::Total;
use super::super::trail;
use super::filters::TaskFilters;
use super::query::{self, FILTERS, ORDERS};
use super::quick::QuickTask;
use super::tick::Tick;
use super::words::Due;
use crate::api::{self, use_client};
use crate::routes::Route;
use crate::state::{Query, locale, t, use_list_query, use_session, use_title, use_url_state};
use crate::ui::pagination::PageInfo;
use crate::ui::{ButtonKind, ButtonLink, Column, EmptyState, Icon, IconView, PageHeader};
use ebenezer_shared::crm::task::Task;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::record::RecordType;
use ebenezer_shared::texts::tasks as k;
use leptos::prelude::*;

/// `/tasks`: what is pending, unless the URL asks for something else.
#[component]
pub fn TasksPage() -> impl IntoView {
    use_title(t(k::TITLE));
    trail::arrive(Route::Tasks);
    remember_list(Route::Tasks);
    let client = use_client();
    let url = use_url_state();
    let tasks = use_list_query(
        move || query::read(url),
        move |query: String| async move { api::tasks::list(client, &query).await },
    );
    let meant = Callback::new(move |()| untrack(|| query::read(url)));
    let exported = Exported::new("tasks", meant, None);
    let shown = Memo::new(move |_| COLUMNS.map(str::to_owned).to_vec());
    let rows = Rows {
        columns: columns(tasks),
        id: |row: &Task| row.id.to_string(),
        version: |row| row.version.to_string(),
        label: |row| row.title.clone(),
        href: |row| Route::Task(row.id).path(),
    };
    let info = Signal::derive(move || tasks.data().map(|page| PageInfo::from(&page)));
    view! {
        <PageHeader title=t(k::TITLE)>
            <NewTask/>
        </PageHeader>
        <TaskFilters url/>
        <ListHead url filters=&FILTERS orders=&ORDERS exported>
            <Total info count=k::total capped=k::total_capped/>
        </ListHead>
        <QuickTask page=tasks/>
        <NewsBar subject=RecordType::Task shown=tasks/>
        <Listed page=tasks url filters=&FILTERS orders=&ORDERS label=k::TITLE rows shown selection=None first_use=FirstUse/>
    }
}

const COLUMNS: [&str; 6] = ["done", "about", "due_at", "assignee", "priority", "status"];

fn columns(page: Query<Page<Task>>) -> Vec<Column<Task>> {
    vec![
        Column::new(t(k::TASK), |row: &Task| {
            let again = row.recurrence.clone().map(|again| {
                let (shown, said) = (again.clone(), again);
                view! {
                    <span class="again" title=move || shown.label(locale())>
                        <IconView icon=Icon::Refresh/>
                        <span class="visually-hidden">{move || said.label(locale())}</span>
                    </span>
                }
            });
            view! { <span class="person-name">{row.title.clone()}</span> {again} }
        })
        .title(),
        Column::new(t(k::MARK), move |row: &Task| view! { <Tick task=row.clone() page/> })
            .key("done"),
        Column::new(t(k::CLIENT), |row: &Task| {
            let row = row.clone();
            move || about(locale(), &row)
        })
        .key("about")
        .one_line(),
        Column::new(
            t(k::DUE_DAY),
            |row: &Task| view! { <Due at=row.due_at pending=row.status.is_pending()/> },
        )
        .key("due_at")
        .sortable("due_at"),
        Column::new(t(k::ASSIGNEE), |row: &Task| {
            row.assignee.as_ref().map(|it| it.full_name.clone())
        })
        .key("assignee")
        .one_line(),
        Column::new(t(k::PRIORITY), |row: &Task| view! { <PriorityMark priority=row.priority/> })
            .key("priority")
            .wide_only(),
        Column::new(t(k::STATUS), |row: &Task| view! { <StatusBadge status=row.status/> })
            .key("status")
            .sortable("status"),
    ]
}

/// Whom and what it is about: `Ana Paz · 1040 · 2024`.
fn about(locale: Locale, task: &Task) -> String {
    let client = task.client.iter().map(|client| client.name.clone());
    let case = task.case.iter().map(|it| title(locale, it.kind, it.tax_year, it.period));
    client.chain(case).collect::<Vec<_>>().join(" · ")
}

#[component]
fn NewTask() -> impl IntoView {
    let session = use_session();
    view! {
        <Show when=move || session.allows(Module::Tasks, Action::Add)>
            <ButtonLink
                kind=ButtonKind::Primary
                icon=Icon::Plus
                href=Route::NewTask.path()
                attr:data-testid="new-task"
            >
                {t(k::NEW)}
            </ButtonLink>
        </Show>
    }
}

#[component]
fn FirstUse() -> impl IntoView {
    view! {
        <EmptyState icon=Icon::Check title=t(k::EMPTY) detail=t(k::EMPTY_DETAIL)>
            <NewTask/>
        </EmptyState>
    }
}
