//! Which files a firm has, so that none is left behind and none is counted twice.
//!
//! A file is announced in a transaction of its own, then written, then kept by the command
//! that needs it. What is announced and never kept is swept after a day. What a command gives
//! up is marked in its transaction and deleted afterwards; a process that dies in between
//! leaves the mark, and the file is deleted later.

use super::FileKey;
use crate::auth::{Command, TenantScope};
use crate::db::{self, TenantOwned, begin_write};
use crate::error::{ApiError, Refusal};
use crate::jobs::Troubles;
use crate::platform::plan;
use crate::state::AppState;
use chrono::{DateTime, TimeDelta, Utc};
use ebenezer_shared::problem::ProblemCode;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};
use uuid::Uuid;

/// An announced file that nobody kept for so long is swept.
const ARRIVES_WITHIN: TimeDelta = TimeDelta::hours(24);
/// So many files are read at a time.
const BATCH: u64 = 100;
/// Where a firm gets a larger plan.
const UPGRADE_PATH: &str = "/settings";

const ARRIVING: &str = "arriving";
const KEPT: &str = "kept";
const LEAVING: &str = "leaving";

/// The table `stored_files`.
pub mod file {
    use crate::db::TenantOwned;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "stored_files")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub tenant_id: Uuid,
        pub size: i64,
        pub state: String,
        pub created_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl TenantOwned for Entity {
        fn tenant_column() -> Column {
            Column::TenantId
        }

        fn id_column() -> Column {
            Column::Id
        }
    }
}

/// The table `storage_usage`.
pub mod usage {
    use crate::db::TenantOwned;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "storage_usage")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: Uuid,
        pub bytes: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl TenantOwned for Entity {
        fn tenant_column() -> Column {
            Column::TenantId
        }

        fn id_column() -> Column {
            Column::TenantId
        }
    }
}

/// So many bytes the firm's files have.
pub async fn used(db: &impl ConnectionTrait, tenant: Uuid) -> Result<u64, DbErr> {
    let row = db::select::<usage::Entity>(tenant).one(db).await?;
    Ok(row.map_or(0, |row| u64::try_from(row.bytes).unwrap_or_default()))
}

/// Announces a file of that size. 402 when the plan has no room for it.
pub async fn announce(scope: &TenantScope, size: u64) -> Result<FileKey, ApiError> {
    let platform = scope.state.planes.platform();
    let plan = plan::by_key(platform, &scope.place().tenant.plan_key).await?;
    let limit = plan.map_or(0, |plan| plan.max_storage_bytes);
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    let key = FileKey { tenant: scope.tenant_id(), id: Uuid::now_v7() };
    let tx = begin_write(scope.db()).await?;
    open_account(&tx, key.tenant).await?;
    let more = Expr::col(usage::Column::Bytes).add(size);
    let counted = db::update_by::<usage::Entity>(key.tenant)
        .filter(more.clone().lte(limit))
        .col_expr(usage::Column::Bytes, more)
        .exec(&tx)
        .await?;
    if counted.rows_affected == 0 {
        let used = used(&tx, key.tenant).await?;
        return Err(Refusal {
            limit: Some(u64::try_from(limit).unwrap_or_default()),
            used: Some(used),
            upgrade_url: Some(scope.state.link(UPGRADE_PATH)),
            ..Refusal::new(ProblemCode::PlanLimit)
        }
        .into());
    }
    let row = file::ActiveModel {
        id: Set(key.id),
        tenant_id: Set(key.tenant),
        size: Set(size),
        state: Set(ARRIVING.to_owned()),
        created_at: Set(scope.now()),
    };
    db::insert(&tx, [row]).await?;
    tx.commit().await?;
    Ok(key)
}

/// The row of a file that is kept already, for the demo.
pub fn kept(key: FileKey, size: i64, at: DateTime<Utc>) -> file::Model {
    let (id, tenant_id) = (key.id, key.tenant);
    file::Model { id, tenant_id, size, state: KEPT.to_owned(), created_at: at }
}

/// The firm's row of what it uses.
pub async fn open_account(db: &impl ConnectionTrait, tenant: Uuid) -> Result<(), DbErr> {
    let row = usage::ActiveModel { tenant_id: Set(tenant), bytes: Set(0) };
    #[expect(clippy::disallowed_methods, reason = "the row carries the firm")]
    usage::Entity::insert(row)
        .on_conflict(OnConflict::column(usage::Column::TenantId).do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The command needs an announced file: it stays when and only when the command is committed.
pub async fn keep(command: &Command<'_>, key: FileKey) -> Result<(), ApiError> {
    let kept = command
        .update::<file::Entity>()
        .filter(file::Column::Id.eq(key.id))
        .filter(file::Column::State.eq(ARRIVING))
        .col_expr(file::Column::State, Expr::value(KEPT))
        .exec(command.tx())
        .await?;
    if kept.rows_affected == 0 {
        return Err(anyhow::anyhow!("an announced file was swept before it was kept").into());
    }
    Ok(())
}

/// Nobody will keep an announced file: it goes with the next sweep.
pub async fn give_up(scope: &TenantScope, key: FileKey) -> Result<(), DbErr> {
    let tx = begin_write(scope.db()).await?;
    let arriving = file::Column::State.eq(ARRIVING);
    leave(&tx, key.tenant, arriving.and(file::Column::Id.eq(key.id))).await?;
    tx.commit().await
}

/// Files that nothing refers to any more leave, and are no longer counted.
pub async fn discard(tx: &impl ConnectionTrait, tenant: Uuid, ids: &[Uuid]) -> Result<(), DbErr> {
    for some in ids.chunks(500) {
        let kept = file::Column::State.eq(KEPT);
        leave(tx, tenant, kept.and(file::Column::Id.is_in(some.iter().copied()))).await?;
    }
    Ok(())
}

async fn leave(
    tx: &impl ConnectionTrait,
    tenant: Uuid,
    which: sea_orm::sea_query::SimpleExpr,
) -> Result<(), DbErr> {
    let rows = db::select::<file::Entity>(tenant).filter(which).lock_exclusive().all(tx).await?;
    if rows.is_empty() {
        return Ok(());
    }
    let freed: i64 = rows.iter().map(|row| row.size).sum();
    db::update_by::<file::Entity>(tenant)
        .filter(file::Column::Id.is_in(rows.iter().map(|row| row.id)))
        .col_expr(file::Column::State, Expr::value(LEAVING))
        .exec(tx)
        .await?;
    db::update_by::<usage::Entity>(tenant)
        .col_expr(usage::Column::Bytes, Expr::col(usage::Column::Bytes).sub(freed))
        .exec(tx)
        .await?;
    Ok(())
}

/// Deletes what left, and what was announced a day ago and never kept. A file that cannot be
/// deleted is left for the next call, and so is what a process does not come to that dies.
pub async fn sweep(state: &AppState) -> anyhow::Result<()> {
    let mut troubles = Troubles::default();
    for plane in state.planes.all_tenant_planes() {
        let late = give_up_late(&plane, state.clock.now()).await;
        troubles.note("files that nobody kept", late);
        troubles.note("files that left", sweep_plane(state, &plane).await);
    }
    troubles.end()
}

/// The first rows in a state behind that id, of every firm of the plane.
async fn in_state(
    plane: &DatabaseConnection,
    state: &str,
    before: Option<DateTime<Utc>>,
    after: Uuid,
) -> Result<Vec<file::Model>, DbErr> {
    let late = before.map(|before| file::Column::CreatedAt.lt(before));
    let which = Condition::all().add(file::Column::State.eq(state)).add_option(late);
    #[expect(clippy::disallowed_methods, reason = "sweeping serves every firm of a plane")]
    let rows = file::Entity::find().filter(which).filter(file::Column::Id.gt(after));
    rows.order_by_asc(file::Column::Id).limit(BATCH).all(plane).await
}

async fn give_up_late(plane: &DatabaseConnection, now: DateTime<Utc>) -> Result<(), DbErr> {
    loop {
        let late = in_state(plane, ARRIVING, Some(now - ARRIVES_WITHIN), Uuid::nil()).await?;
        if late.is_empty() {
            return Ok(());
        }
        let tx = begin_write(plane).await?;
        for row in late {
            let arriving = file::Column::State.eq(ARRIVING);
            leave(&tx, row.tenant_id, arriving.and(file::Column::Id.eq(row.id))).await?;
        }
        tx.commit().await?;
    }
}

async fn sweep_plane(state: &AppState, plane: &DatabaseConnection) -> anyhow::Result<()> {
    let (mut troubles, mut last) = (Troubles::default(), Uuid::nil());
    loop {
        let leaving = in_state(plane, LEAVING, None, last).await?;
        let Some(id) = leaving.last().map(|row| row.id) else { return troubles.end() };
        last = id;
        for row in &leaving {
            let at = format!("file {} of firm {}", row.id, row.tenant_id);
            if troubles.note(&at, delete(state, plane, row).await).is_none() {
                // Where no file can be deleted, none is tried any more.
                state.storage.check().await?;
            }
        }
    }
}

async fn delete(
    state: &AppState,
    plane: &DatabaseConnection,
    row: &file::Model,
) -> anyhow::Result<()> {
    state.storage.delete(FileKey { tenant: row.tenant_id, id: row.id }).await?;
    db::delete_by::<file::Entity>(row.tenant_id)
        .filter(<file::Entity as TenantOwned>::id_column().eq(row.id))
        .exec(plane)
        .await?;
    Ok(())
}
