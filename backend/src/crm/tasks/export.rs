//! `GET /api/exports/tasks`

use super::entity::{Entity, Model};
use super::list::TaskQuery;
use super::store;
use crate::auth::{Scope, TenantScope, permissions::TasksView};
use crate::db::searched;
use crate::error::ApiError;
use crate::exports::{self, Cell, Column, ExportAnswers, ExportQuery, List, RawQuery, column};
use crate::http::answer::Stream;
use ebenezer_shared::crm::case::title;
use ebenezer_shared::crm::task::Task;
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use ebenezer_shared::texts::tasks as k;
use sea_orm::{QueryFilter as _, Select};

/// The tasks as the list shows them, all pages of it, as a file.
#[utoipa::path(
    get,
    path = "/api/exports/tasks",
    tag = "exports",
    params(TaskQuery, ExportQuery),
    responses(ExportAnswers)
)]
pub async fn export_tasks(scope: Scope<TasksView>, query: RawQuery) -> Result<Stream, ApiError> {
    exports::answer::<Tasks>(scope, query).await
}

/// The list of tasks.
pub struct Tasks;

impl List for Tasks {
    type Needs = TasksView;
    type Entity = Entity;
    type Query = TaskQuery;
    type Item = Task;
    const KIND: &'static str = "task";
    const TITLE: Text = k::TITLE;
    const COLUMNS: &'static [Column<Task>] = &[
        column("title", k::TASK, |row, _| row.title.clone().into()),
        column("client", k::CLIENT, |row, _| {
            row.client.as_ref().map(|client| client.name.as_str()).into()
        }),
        column("case", k::CASE, |row, locale| {
            row.case.as_ref().map(|it| title(locale, it.kind, it.tax_year, it.period)).into()
        }),
        column("due_at", k::DUE_AT, |row, _| row.due_at.into()),
        column("assignee", k::ASSIGNEE, |row, _| {
            row.assignee.as_ref().map(|it| it.full_name.as_str()).into()
        }),
        column("priority", k::PRIORITY, |row, locale| Cell::word(row.priority.text(), locale)),
        column("status", k::STATUS, |row, locale| Cell::word(row.status.text(), locale)),
        column("recurrence", k::RECURRENCE, |row, locale| {
            row.recurrence.as_ref().map(|it| it.label(locale)).into()
        }),
        column("done_at", texts::cases::ITEM_DONE, |row, _| row.done_at.into()),
        column("notes", k::NOTES, |row, _| row.notes.clone().into()),
        column("created_at", texts::record::CREATED, |row, _| row.created_at.into()),
        column("updated_at", texts::record::UPDATED, |row, _| row.updated_at.into()),
    ];
    const SHOWN: &'static [&'static str] =
        &["title", "client", "case", "due_at", "assignee", "priority", "status"];

    async fn meant(scope: &TenantScope, query: TaskQuery) -> Result<Select<Entity>, ApiError> {
        let (listing, filter) = (query.listing()?, query.filter(scope)?);
        let (tenant, words) = (scope.tenant_id(), filter.search.as_ref());
        let found = searched::<Entity>(scope.db(), tenant, "tasks", words, None).all();
        Ok(listing.order(found.filter(store::condition(scope, &filter)), "tasks"))
    }

    async fn items(scope: &TenantScope, rows: Vec<Model>) -> Result<Vec<Task>, ApiError> {
        store::views(scope, scope.db(), rows).await
    }
}
