//! Reading tasks.

use super::entity::{Column, Entity, Model};
use super::list::{Filter, TaskOrder};
use super::rules;
use crate::auth::TenantScope;
use crate::crm::about::{Columns, Subjects};
use crate::db::{Conditions, Listing, searched};
use crate::deletions;
use crate::error::ApiError;
use ebenezer_shared::crm::task::Task;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::record::RecordType;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, PaginatorTrait as _, QueryFilter as _,
};
use uuid::Uuid;

/// The firm's task, locked against other writers when it is to be changed.
pub async fn find(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
    lock: bool,
) -> Result<Model, ApiError> {
    deletions::find::<Entity>(scope, db, RecordType::Task, id, lock).await
}

/// One page of the list: six queries, whatever its size.
pub async fn list(
    scope: &TenantScope,
    filter: &Filter,
    listing: &Listing<TaskOrder>,
) -> Result<Page<Task>, ApiError> {
    let words = filter.search.as_ref();
    let all = searched::<Entity>(scope.db(), scope.tenant_id(), "tasks", words, None);
    let conditions = Conditions::from(condition(scope, filter));
    let position = |row: &Model, key: TaskOrder| (key.value(row), row.id);
    let mut page = listing.read(scope.db(), all, conditions, "tasks", position).await?;
    let rows = std::mem::take(&mut page.items);
    let items = views(scope, scope.db(), rows).await?;
    Ok(page.with(items))
}

/// Which tasks a filter means.
pub fn condition(scope: &TenantScope, filter: &Filter) -> Condition {
    let mut all = Condition::all()
        .add_option(filter.assignee.map(|id| Column::AssigneeId.eq(id)))
        .add_option(filter.priority.map(|priority| Column::Priority.eq(priority.as_str())))
        .add_option(filter.case.map(|id| Column::CaseId.eq(id)))
        .add_option(filter.due_from.map(|at| Column::DueAt.gte(at)))
        .add_option(filter.due_before.map(|at| Column::DueAt.lt(at)))
        .add_option(filter.external_id.as_ref().map(|id| Column::ExternalId.eq(id)))
        .add_option(filter.updated_since.map(|since| Column::UpdatedAt.gte(since)));
    if let Some(statuses) = &filter.statuses {
        all = all.add(Column::Status.is_in(statuses.iter().map(|status| status.as_str())));
    }
    if let Some(client) = filter.client {
        all = all.add(ABOUT.of_client(scope, client));
    }
    all
}

/// The columns that say what a task is about.
const ABOUT: Columns<Column> = Columns {
    contact: Column::ContactId,
    corporation: Column::CorporationId,
    case: Column::CaseId,
};

/// How many are about the case.
pub async fn count_of_case(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<u64, DbErr> {
    scope.select::<Entity>().filter(Column::CaseId.eq(id)).count(db).await
}

/// The task as the API shows it.
pub async fn view(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    row: Model,
) -> Result<Task, ApiError> {
    let mut views = views(scope, db, vec![row]).await?;
    views.pop().ok_or_else(|| anyhow::anyhow!("a task without a view").into())
}

/// The tasks as the API shows them.
pub async fn views(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    rows: Vec<Model>,
) -> Result<Vec<Task>, ApiError> {
    let team = rows.iter().map(|row| row.assignee_id);
    let subjects = Subjects::of(scope, db, rows.iter().map(Model::about), team).await?;
    let view = |row: Model| Task {
        id: row.id.into(),
        assignee: subjects.names.colleague(row.assignee_id),
        priority: rules::priority(&row),
        status: rules::status(&row),
        client: subjects.client(row.about()),
        case: subjects.case(row.about()),
        recurrence: rules::recurrence(&row),
        next_id: row.next_id.map(Into::into),
        title: row.title,
        due_at: row.due_at,
        done_at: row.done_at,
        notes: row.notes,
        external_id: row.external_id,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    };
    Ok(rows.into_iter().map(view).collect())
}
