//! Reading tasks.

use super::entity::{Column, Entity, Model};
use super::list::{Filter, TaskOrder};
use super::rules;
use crate::auth::TenantScope;
use crate::crm::cases::{entity as case, store as case_store};
use crate::crm::client::{Client, Names};
use crate::db::{Conditions, Listing, searched};
use crate::deletions;
use crate::error::ApiError;
use ebenezer_shared::crm::task::Task;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::record::RecordType;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _,
};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
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
fn condition(scope: &TenantScope, filter: &Filter) -> Condition {
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
        all = all.add(of_client(scope, client));
    }
    all
}

/// Those about the client, and about the client's cases.
fn of_client(scope: &TenantScope, client: Client) -> Condition {
    let (contact, company) = client.columns();
    let theirs = Condition::any()
        .add_option(contact.map(|id| case::Column::ContactId.eq(id)))
        .add_option(contact.map(|id| case::Column::JointContactId.eq(id)))
        .add_option(company.map(|id| case::Column::CorporationId.eq(id)));
    let cases = scope.select::<case::Entity>().filter(theirs);
    let cases = cases.select_only().column(case::Column::Id).into_query();
    Condition::any()
        .add_option(contact.map(|id| Column::ContactId.eq(id)))
        .add_option(company.map(|id| Column::CorporationId.eq(id)))
        .add(Column::CaseId.in_subquery(cases))
}

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

async fn views(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    rows: Vec<Model>,
) -> Result<Vec<Task>, ApiError> {
    let cases = cases_of(scope, db, &rows).await?;
    let client = |row: &Model| match row.case_id {
        Some(id) => cases.get(&id).map(|case| Client::of_row(case.contact_id, case.corporation_id)),
        None if row.contact_id.is_none() && row.corporation_id.is_none() => None,
        None => Some(Client::of_row(row.contact_id, row.corporation_id)),
    };
    let clients: Vec<Client> = rows.iter().filter_map(client).collect();
    let team = rows.iter().map(|row| row.assignee_id);
    let names = Names::of(scope, db, clients, [], team).await?;
    let view = |row: Model| Task {
        id: row.id.into(),
        assignee: names.colleague(row.assignee_id),
        priority: rules::priority(&row),
        status: rules::status(&row),
        client: client(&row).map(|client| names.client(client)),
        case: row.case_id.and_then(|id| cases.get(&id)).map(case_store::reference),
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

async fn cases_of(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    rows: &[Model],
) -> Result<HashMap<Uuid, case::Model>, DbErr> {
    let ids: HashSet<Uuid> = rows.iter().filter_map(|row| row.case_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = scope.select::<case::Entity>().filter(case::Column::Id.is_in(ids)).all(db).await?;
    Ok(found.into_iter().map(|row| (row.id, row)).collect())
}

/// What an entry in the log says of a task: all but the number of its version.
pub fn told(task: &Task) -> Value {
    let mut told = serde_json::to_value(task).unwrap_or_default();
    if let Some(fields) = told.as_object_mut() {
        fields.remove("version");
    }
    told
}
