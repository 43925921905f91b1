//! Reading folders.

use super::entity::{Column, Model};
use super::sight::visible;
use crate::auth::TenantScope;
use crate::crm::client::{Client, Names};
use crate::crm::documents::entity as document;
use crate::error::ApiError;
use ebenezer_shared::crm::client::ClientKind;
use ebenezer_shared::crm::folder::{Folder, FolderRef};
use ebenezer_shared::problem::ProblemCode;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, FromQueryResult, QueryFilter as _,
    QuerySelect as _,
};
use std::collections::HashMap;
use uuid::Uuid;

/// The folder, if the caller sees it, locked against other writers when it is to be changed.
pub async fn find(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
    lock: bool,
) -> Result<Model, ApiError> {
    let select = visible(scope).filter(Column::Id.eq(id));
    let select = if lock { select.lock_exclusive() } else { select };
    select.one(db).await?.ok_or_else(|| ProblemCode::NotFound.into())
}

/// The folder that a field of a request names; 422 when the caller sees no such folder.
/// Locked it stays while the command lasts.
pub async fn named(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    field: &'static str,
    id: Uuid,
    lock: bool,
) -> Result<Model, ApiError> {
    let select = visible(scope).filter(Column::Id.eq(id));
    let select = if lock { select.lock_shared() } else { select };
    let found = select.one(db).await?;
    found.ok_or_else(|| ApiError::invalid(field, "unknown_reference"))
}

/// Folders of that client.
pub fn of_client(client: Client) -> Condition {
    let column = match client.kind {
        ClientKind::Contact => Column::ContactId,
        ClientKind::Corporation => Column::CorporationId,
    };
    Condition::all().add(column.eq(client.id))
}

#[derive(FromQueryResult)]
struct Count {
    folder_id: Uuid,
    documents: i64,
}

/// Documents by folder, not counting those in the trash.
async fn counts(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, u64>, DbErr> {
    let mut counts = HashMap::new();
    for some in ids.chunks(500) {
        let rows = scope
            .select::<document::Entity>()
            .filter(document::Column::FolderId.is_in(some.iter().copied()))
            .filter(document::Column::TrashedAt.is_null())
            .select_only()
            .column(document::Column::FolderId)
            .expr_as(Expr::cust("count(*)"), "documents")
            .group_by(document::Column::FolderId)
            .into_model::<Count>()
            .all(db)
            .await?;
        let pair = |row: Count| (row.folder_id, u64::try_from(row.documents).unwrap_or_default());
        counts.extend(rows.into_iter().map(pair));
    }
    Ok(counts)
}

/// The folders as the API shows them.
pub async fn views(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    rows: Vec<Model>,
) -> Result<Vec<Folder>, DbErr> {
    let clients = rows.iter().map(Model::client);
    let departments = rows.iter().map(|row| row.department_id);
    let names = Names::of(scope, db, clients, departments, []).await?;
    let counts = counts(scope, db, rows.iter().map(|row| row.id).collect()).await?;
    let view = |row: Model| Folder {
        client: names.client(row.client()),
        department: names.department(row.department_id),
        document_count: counts.get(&row.id).copied().unwrap_or_default(),
        id: row.id.into(),
        name: row.name,
        parent_id: row.parent_id.map(Into::into),
        is_default: row.is_default,
        order: row.position,
        created_at: row.created_at,
        updated_at: row.updated_at,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// One folder as the API shows it.
pub async fn load(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    row: Model,
) -> Result<Folder, ApiError> {
    let view = views(scope, db, vec![row]).await?.pop();
    view.ok_or_else(|| anyhow::anyhow!("a folder came to nothing").into())
}

/// The folder as documents name it.
pub fn as_ref(row: &Model) -> FolderRef {
    FolderRef { id: row.id.into(), name: row.name.clone() }
}
