//! Documents that go for good, with all their versions. Their files are deleted afterwards.

use super::entity::{Column, Entity, Model};
use super::{store, version};
use crate::audit::Audit;
use crate::auth::{Command, Scope, permissions::DocumentsDelete};
use crate::crm::client::Names;
use crate::crm::document_requests::item;
use crate::crm::folders::{entity as folder, store::as_ref};
use crate::db::{self, begin_write};
use crate::deletions;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::jobs::{Job, Troubles};
use crate::state::AppState;
use crate::storage::ledger;
use chrono::{DateTime, TimeDelta, Utc};
use ebenezer_shared::crm::document::{EmptiedTrash, TRASH_DAYS};
use ebenezer_shared::record::RecordType;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// So many in one transaction.
const AT_ONCE: u64 = 200;

/// Deletes the rows of these documents and marks their files. Answers nothing that could be
/// undone.
async fn remove(tx: &impl ConnectionTrait, tenant: Uuid, ids: &[Uuid]) -> Result<(), DbErr> {
    let ids = || ids.iter().copied();
    let versions = db::select::<version::Entity>(tenant);
    let files: Vec<Uuid> = versions
        .filter(version::Column::DocumentId.is_in(ids()))
        .select_only()
        .column(version::Column::FileId)
        .into_tuple()
        .all(tx)
        .await?;
    let nothing: Option<Uuid> = None;
    db::update_by::<item::Entity>(tenant)
        .filter(item::Column::DocumentId.is_in(ids()))
        .col_expr(item::Column::DocumentId, Expr::value(nothing))
        .exec(tx)
        .await?;
    db::delete_by::<version::Entity>(tenant)
        .filter(version::Column::DocumentId.is_in(ids()))
        .exec(tx)
        .await?;
    db::delete_by::<Entity>(tenant).filter(Column::Id.is_in(ids())).exec(tx).await?;
    let files: Vec<Uuid> = files.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    ledger::discard(tx, tenant, &files).await
}

/// Takes locked documents away for good, as somebody asked for.
pub async fn by_command(command: &Command<'_>, rows: Vec<Model>) -> Result<(), ApiError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let shown = store::views(command, command.tx(), rows).await?;
    remove(command.tx(), command.tenant_id(), &ids).await?;
    command.bury_all(RecordType::Document, &ids).await?;
    for document in shown {
        command.audit(Audit::deleted("document", document.id, &document)?).await?;
    }
    command.enqueue(&Job::SweepFiles).await?;
    Ok(())
}

/// Takes the documents that the caller sees in the trash away for good, at most 200 at once;
/// `left` says how many are still there.
#[utoipa::path(post, path = "/api/documents/empty-trash", tag = "documents",
    responses((status = 200, body = EmptiedTrash)))]
pub async fn empty_trash(scope: Scope<DocumentsDelete>) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let trashed = || {
        let rows = scope.select::<Entity>().filter(Column::TrashedAt.is_not_null());
        rows.filter(store::visible(&scope))
    };
    let rows = trashed().order_by_asc(Column::Id).limit(AT_ONCE).lock_exclusive();
    let rows = rows.all(command.tx()).await?;
    let purged = rows.len() as u64;
    if purged > 0 {
        by_command(&command, rows).await?;
    }
    let left = trashed().count(command.tx()).await?;
    command.commit(Answer::ok(&EmptiedTrash { purged, left })?).await
}

/// Takes away what lay in the trash for its time. Killed on the way it goes on with the next
/// call, and a firm in which it fails keeps none of the others waiting.
pub async fn late(state: &AppState) -> anyhow::Result<()> {
    let mut troubles = Troubles::default();
    for plane in state.planes.all_tenant_planes() {
        let firms = troubles.note("the trash of a plane", firms(state, &plane).await);
        for tenant in firms.into_iter().flatten() {
            let at = format!("the trash of firm {tenant}");
            troubles.note(&at, of_firm(state, &plane, tenant).await);
        }
    }
    troubles.end()
}

/// When what is late now went into the trash, at the latest.
fn limit(state: &AppState) -> DateTime<Utc> {
    state.clock.now() - TimeDelta::days(TRASH_DAYS)
}

/// The firms in whose trash something is late.
async fn firms(state: &AppState, plane: &DatabaseConnection) -> Result<Vec<Uuid>, DbErr> {
    #[expect(clippy::disallowed_methods, reason = "housekeeping serves every firm")]
    let rows = Entity::find().filter(Column::TrashedAt.lt(limit(state)));
    let firms = rows.select_only().column(Column::TenantId).distinct();
    firms.into_tuple().all(plane).await
}

async fn of_firm(state: &AppState, plane: &DatabaseConnection, tenant: Uuid) -> Result<(), DbErr> {
    loop {
        let tx = begin_write(plane).await?;
        let rows = db::select::<Entity>(tenant).filter(Column::TrashedAt.lt(limit(state)));
        let rows = rows.order_by_asc(Column::Id).limit(AT_ONCE).lock_exclusive();
        let rows = rows.all(&tx).await?;
        if rows.is_empty() {
            return Ok(());
        }
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let entries = entries(&tx, tenant, rows).await?;
        remove(&tx, tenant, &ids).await?;
        deletions::write(&tx, tenant, RecordType::Document, &ids, state.clock.now()).await?;
        for entry in entries {
            entry.record_by_itself(state, tenant, &tx).await?;
        }
        tx.commit().await?;
        state.audit_bell.ring();
    }
}

/// What the log tells of documents that nobody's request takes away.
async fn entries(
    tx: &impl ConnectionTrait,
    tenant: Uuid,
    rows: Vec<Model>,
) -> Result<Vec<Audit>, DbErr> {
    let places: BTreeSet<Uuid> = rows.iter().map(|row| row.folder_id).collect();
    let folders = db::select::<folder::Entity>(tenant).filter(folder::Column::Id.is_in(places));
    let folders = folders.all(tx).await?;
    let clients = folders.iter().map(folder::Model::client);
    let names = Names::of_clients(tenant, tx, clients).await?;
    let entry = |row: Model| {
        let place = folders.iter().find(|folder| folder.id == row.folder_id);
        let before = json!({
            "name": row.name,
            "size": row.size,
            "sha256": row.sha256,
            "version": row.current_number,
            "folder": place.map(as_ref),
            "client": place.map(|folder| names.client(folder.client())),
            "trashed_at": row.trashed_at,
        });
        Audit::deleted("document", row.id, &before)
    };
    let entries: Result<Vec<Audit>, ApiError> = rows.into_iter().map(entry).collect();
    entries.map_err(|error| DbErr::Custom(format!("{error:?}")))
}
