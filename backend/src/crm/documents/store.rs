//! Reading documents.

use super::entity::{Column, Entity, Model};
use crate::auth::TenantScope;
use crate::crm::client::Names;
use crate::crm::folders::sight::{Sight, visible_ids};
use crate::crm::folders::{entity as folder, store as folders};
use crate::error::ApiError;
use crate::storage::FileType;
use chrono::TimeDelta;
use ebenezer_shared::crm::document::{Document, DocumentKind, TRASH_DAYS};
use ebenezer_shared::problem::ProblemCode;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, QueryFilter as _, QuerySelect as _,
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Documents that the caller sees.
pub fn visible(scope: &TenantScope) -> Condition {
    match Sight::of(scope) {
        Sight::Everything => Condition::all(),
        Sight::Department(_) => {
            let seen = visible_ids(scope, Condition::all());
            Condition::all().add(Column::FolderId.in_subquery(seen))
        }
    }
}

/// The document, if the caller sees it, locked against other writers when it is to be changed.
pub async fn find(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
    lock: bool,
) -> Result<Model, ApiError> {
    let select = scope.by_id::<Entity>(id).filter(visible(scope));
    let select = if lock { select.lock_exclusive() } else { select };
    select.one(db).await?.ok_or_else(|| ProblemCode::NotFound.into())
}

/// 409 for a document in the trash: it is restored before it is changed.
pub fn must_not_be_trashed(row: &Model) -> Result<(), ApiError> {
    if row.trashed_at.is_some() { Err(ProblemCode::StateConflict.into()) } else { Ok(()) }
}

/// The type that the content has.
pub fn file_type(extension: &str) -> FileType {
    FileType::of_extension(extension).unwrap_or(FileType::Txt)
}

/// The documents as the API shows them.
pub async fn views(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    rows: Vec<Model>,
) -> Result<Vec<Document>, DbErr> {
    let ids: HashSet<Uuid> = rows.iter().map(|row| row.folder_id).collect();
    let lie_in = scope.select::<folder::Entity>().filter(folder::Column::Id.is_in(ids));
    let lie_in: HashMap<Uuid, folder::Model> =
        lie_in.all(db).await?.into_iter().map(|row| (row.id, row)).collect();
    let clients = lie_in.values().map(folder::Model::client);
    let departments = lie_in.values().map(|row| row.department_id);
    let people = rows.iter().map(|row| row.created_by);
    let names = Names::of(scope, db, clients, departments, people).await?;
    let view = |row: Model| Some(view(lie_in.get(&row.folder_id)?, &names, row));
    Ok(rows.into_iter().filter_map(view).collect())
}

fn view(lies_in: &folder::Model, names: &Names, row: Model) -> Document {
    let kind = file_type(&row.extension);
    Document {
        folder: folders::as_ref(lies_in),
        client: names.client(lies_in.client()),
        department: names.department(lies_in.department_id),
        created_by: names.colleague(row.created_by),
        kind: DocumentKind::named(&row.kind).unwrap_or(kind.kind()),
        content_type: kind.content_type().to_owned(),
        previewable: kind.is_previewable(),
        size: u64::try_from(row.size).unwrap_or_default(),
        version: u32::try_from(row.current_number).unwrap_or_default(),
        purged_on: row.trashed_at.map(|at| at + TimeDelta::days(TRASH_DAYS)),
        id: row.id.into(),
        name: row.name,
        sha256: row.sha256,
        note: row.note,
        shared_with_portal: row.shared_with_portal,
        trashed_at: row.trashed_at,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}

/// One document as the API shows it.
pub async fn load(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    row: Model,
) -> Result<Document, ApiError> {
    let view = views(scope, db, vec![row]).await?.pop();
    view.ok_or_else(|| anyhow::anyhow!("a document lies in no folder").into())
}
