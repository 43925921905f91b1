//! Reading requests for documents.

use super::entity::{Column, Entity, Model};
use super::item;
use crate::auth::{Command, TenantScope};
use crate::crm::client::{Client, Names};
use crate::crm::documents::{entity as document, store as documents};
use crate::error::ApiError;
use chrono::NaiveDate;
use ebenezer_shared::crm::client::ClientKind;
use ebenezer_shared::crm::document::DocumentRef;
use ebenezer_shared::crm::document_request::{
    DocumentRequest, DocumentRequestStatus as Status, RequestItem,
};
use ebenezer_shared::problem::ProblemCode;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use std::collections::HashMap;
use uuid::Uuid;

/// The firm's request, locked against other writers when it is to be changed.
pub async fn find(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
    lock: bool,
) -> Result<Model, ApiError> {
    let select = scope.by_id::<Entity>(id);
    let select = if lock { select.lock_exclusive() } else { select };
    select.one(db).await?.ok_or_else(|| ProblemCode::NotFound.into())
}

/// Requests to that client.
pub fn of_client(client: Client) -> Condition {
    let column = match client.kind {
        ClientKind::Contact => Column::ContactId,
        ClientKind::Corporation => Column::CorporationId,
    };
    Condition::all().add(column.eq(client.id))
}

/// Where a row stands.
pub fn status(row: &Model) -> Status {
    Status::named(&row.status).unwrap_or(Status::Open)
}

/// Items by request, in their order.
pub async fn items(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<item::Model>, DbErr> {
    scope
        .select::<item::Entity>()
        .filter(item::Column::RequestId.is_in(ids))
        .order_by_asc(item::Column::Position)
        .order_by_asc(item::Column::Id)
        .all(db)
        .await
}

/// The requests as the API shows them. Documents that the caller does not see are not named.
pub async fn views(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    rows: Vec<Model>,
) -> Result<Vec<DocumentRequest>, DbErr> {
    let all = items(scope, db, rows.iter().map(|row| row.id)).await?;
    let fulfil: Vec<Uuid> = all.iter().filter_map(|item| item.document_id).collect();
    let seen: Vec<(Uuid, String)> = scope
        .select::<document::Entity>()
        .filter(document::Column::Id.is_in(fulfil))
        .filter(documents::visible(scope))
        .select_only()
        .columns([document::Column::Id, document::Column::Name])
        .into_tuple()
        .all(db)
        .await?;
    let seen: HashMap<Uuid, String> = seen.into_iter().collect();
    let mut by_request: HashMap<Uuid, Vec<RequestItem>> = HashMap::new();
    for row in all {
        let request = row.request_id;
        by_request.entry(request).or_default().push(view_of_item(row, &seen));
    }
    let clients = rows.iter().map(Model::client);
    let people = rows.iter().map(|row| row.created_by);
    let names = Names::of(scope, db, clients, [], people).await?;
    let today = scope.today();
    let view = |row: Model| {
        let items = by_request.remove(&row.id).unwrap_or_default();
        view(row, items, &names, today)
    };
    Ok(rows.into_iter().map(view).collect())
}

fn view_of_item(row: item::Model, seen: &HashMap<Uuid, String>) -> RequestItem {
    let document = row
        .document_id
        .and_then(|id| seen.get(&id).map(|name| DocumentRef { id: id.into(), name: name.clone() }));
    RequestItem {
        id: row.id.into(),
        name: row.name,
        note: row.note,
        is_fulfilled: row.fulfilled_at.is_some(),
        document,
        fulfilled_at: row.fulfilled_at,
    }
}

fn view(row: Model, items: Vec<RequestItem>, names: &Names, today: NaiveDate) -> DocumentRequest {
    let status = status(&row);
    DocumentRequest {
        client: names.client(row.client()),
        status,
        is_overdue: status == Status::Open && row.due_on.is_some_and(|due| due < today),
        fulfilled_count: items.iter().filter(|item| item.is_fulfilled).count() as u64,
        items,
        next_reminder_on: row.next_reminder_on.filter(|_| status == Status::Open),
        reminder_count: u32::try_from(row.reminder_count).unwrap_or_default(),
        created_by: names.colleague(row.created_by),
        id: row.id.into(),
        title: row.title,
        message: row.message,
        due_on: row.due_on,
        remind_every_days: row.remind_every_days,
        last_reminded_at: row.last_reminded_at,
        completed_at: row.completed_at,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}

/// One request as the API shows it.
pub async fn load(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    row: Model,
) -> Result<DocumentRequest, ApiError> {
    let view = views(scope, db, vec![row]).await?.pop();
    view.ok_or_else(|| anyhow::anyhow!("a request came to nothing").into())
}

/// Takes requests away with their items.
pub async fn remove(command: &Command<'_>, ids: &[Uuid]) -> Result<(), ApiError> {
    command
        .delete::<item::Entity>()
        .filter(item::Column::RequestId.is_in(ids.iter().copied()))
        .exec(command.tx())
        .await?;
    command
        .delete::<Entity>()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .exec(command.tx())
        .await?;
    Ok(())
}
