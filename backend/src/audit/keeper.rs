//! Binding entries into their chains, a moment after they were written.
//!
//! One process at a time does it for a plane, entry after entry, while writers go on: they
//! never wait for a chain, only for the database. What was bound is told to those who watch
//! ([`crate::live`]): the log itself is the outbox of live events.

#![expect(clippy::disallowed_methods, reason = "the keeper serves every firm of a plane")]

use super::{Chained, Column, Entity, Head, Model, PLATFORM, accounts, anchor, head};
use crate::db::begin_write;
use crate::jobs::Troubles;
use crate::live::Event;
use crate::platform::activity;
use crate::state::AppState;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Statement,
};
use std::collections::HashMap;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

/// So many entries at a time.
const BATCH: u64 = 500;
/// How often the logs are looked at without being told.
const PAUSE: Duration = Duration::from_secs(1);
/// Entries that come within so short a time are bound together.
const GATHER: Duration = Duration::from_millis(100);
const PAUSE_AFTER_ERROR: Duration = Duration::from_secs(5);
/// The advisory lock of whoever binds: “CHAIN” in bytes.
const TURN: i64 = 0x43_4841_494e;

/// The task that binds entries.
pub struct ChainKeeper {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl ChainKeeper {
    pub fn start(state: AppState) -> Self {
        let (stop, stopped) = watch::channel(false);
        Self { stop, task: tokio::spawn(run(state, stopped)) }
    }

    /// Ends with the round that it is at.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the audit log's keeper did not stop in order");
        }
    }
}

async fn run(state: AppState, mut stopped: watch::Receiver<bool>) {
    // What another process left, or this one could not do.
    let mut left_over = true;
    // Whoever started it is gone: so is the keeper.
    while !*stopped.borrow() && stopped.has_changed().is_ok() {
        let done = round(&state, left_over).await;
        left_over = done.is_err();
        let pause = match done {
            // More is waiting already.
            Ok(bound) if bound >= BATCH => continue,
            Ok(_) => PAUSE,
            Err(error) => {
                let error = format!("{error:#}");
                tracing::warn!(error, "entries of an audit log could not be bound");
                PAUSE_AFTER_ERROR
            }
        };
        tokio::select! {
            () = heard(&state) => {}
            () = tokio::time::sleep(pause) => {}
            _ = stopped.changed() => {}
        }
    }
}

async fn heard(state: &AppState) {
    state.audit_bell.heard().await;
    tokio::time::sleep(GATHER).await;
}

/// Binds what waits, in each plane; answers how many entries. A plane or a firm that cannot be
/// reached keeps none of the others waiting. Anchors that were left behind are moved, too, when
/// there may be some.
async fn round(state: &AppState, left_over: bool) -> anyhow::Result<u64> {
    let mut troubles = Troubles::default();
    let done = platform_round(state, &mut troubles).await;
    let mut bound = troubles.note("the platform's log", done).unwrap_or_default();
    for plane in state.planes.all_tenant_planes() {
        if left_over {
            let done = anchor::catch_up(state, &plane, &mut troubles).await;
            troubles.note("the anchors of a plane", done);
        }
        let done = firms_round(state, &plane, &mut troubles).await;
        bound += troubles.note("the logs of a plane", done).unwrap_or_default();
    }
    troubles.end().map(|()| bound)
}

/// The platform's log: told to the firms first, so that nothing is bound and not told.
async fn platform_round(state: &AppState, troubles: &mut Troubles) -> anyhow::Result<u64> {
    let (mut bound, mut stuck) = (0, 0);
    loop {
        let entries = waiting_activity(state.planes.platform(), None, stuck).await?;
        if entries.is_empty() {
            return Ok(bound);
        }
        let is_last = (entries.len() as u64) < BATCH;
        let told = accounts::tell_firms(state, &entries, troubles).await?;
        stuck += (entries.len() - told.len()) as u64;
        if !told.is_empty() {
            bound += bind_activity(state, told).await?;
        }
        // Behind those that wait for their firms there may be others.
        if is_last || stuck == 0 {
            return Ok(bound);
        }
    }
}

async fn bind_activity(state: &AppState, told: Vec<Uuid>) -> anyhow::Result<u64> {
    let tx = begin_write(state.planes.platform()).await?;
    if !takes_turn(&tx).await? {
        return Ok(0);
    }
    let entries = waiting_activity(&tx, Some(told), 0).await?;
    let anchor = anchor::of(&tx, [PLATFORM]).await?.remove(&PLATFORM);
    let bound = activity::Entity::find().filter(activity::Column::Seq.is_not_null());
    let last = bound.order_by_desc(activity::Column::Seq).one(&tx).await?;
    let mut end = furthest(anchor, last.as_ref());
    for entry in &entries {
        end = state.chain_key.link(PLATFORM, &end, &entry.mac);
        let update = activity::Entity::update_many()
            .filter(activity::Column::Id.eq(entry.id))
            .col_expr(activity::Column::Seq, Expr::value(end.seq))
            .col_expr(activity::Column::Hash, Expr::value(end.hash.clone()));
        update.exec(&tx).await?;
    }
    anchor::advance(&tx, PLATFORM, &end).await?;
    tx.commit().await?;
    Ok(entries.len() as u64)
}

async fn waiting_activity(
    db: &impl ConnectionTrait,
    among: Option<Vec<Uuid>>,
    behind: u64,
) -> Result<Vec<activity::Model>, DbErr> {
    use activity::Column;
    let mut select = activity::Entity::find().filter(Column::Seq.is_null());
    if let Some(ids) = among {
        select = select.filter(Column::Id.is_in(ids));
    }
    let oldest = select.order_by_asc(Column::At).order_by_asc(Column::Id);
    oldest.offset(behind).limit(BATCH).all(db).await
}

/// The logs of the firms in a plane.
async fn firms_round(
    state: &AppState,
    plane: &DatabaseConnection,
    troubles: &mut Troubles,
) -> anyhow::Result<u64> {
    let waiting = waiting(plane, None).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    // Read before the write begins: SQLite's writer must not wait for another connection.
    let mut firms: Vec<Uuid> = waiting.iter().map(|entry| entry.tenant_id).collect();
    firms.sort();
    firms.dedup();
    let anchors = anchor::of(state.planes.platform(), firms.iter().copied()).await?;
    let tx = begin_write(plane).await?;
    if !takes_turn(&tx).await? {
        return Ok(0);
    }
    let mut chains = HashMap::new();
    for firm in firms {
        chains.insert(firm, end_of(&tx, firm, anchors.get(&firm)).await?);
    }
    let entries = self::waiting(&tx, Some(chains.keys().copied().collect())).await?;
    for entry in &entries {
        let Some(end) = chains.get_mut(&entry.tenant_id) else { continue };
        *end = state.chain_key.link(entry.tenant_id, end, &entry.mac);
        bind(&tx, entry, end).await?;
    }
    for (firm, end) in &chains {
        head::set(&tx, *firm, end).await?;
    }
    tx.commit().await?;
    // Whoever watches waits for no anchor, and no anchor for whoever watches.
    for event in entries.iter().filter_map(Event::of) {
        state.live.publish(event);
    }
    for (firm, end) in &chains {
        let moved = anchor::follow(state, plane, *firm, anchors.get(firm), end).await;
        troubles.note("an anchor of an audit log", moved);
    }
    Ok(entries.len() as u64)
}

async fn waiting(db: &impl ConnectionTrait, firms: Option<Vec<Uuid>>) -> Result<Vec<Model>, DbErr> {
    let mut select = Entity::find().filter(Column::Seq.is_null());
    if let Some(firms) = firms {
        select = select.filter(Column::TenantId.is_in(firms));
    }
    select.order_by_asc(Column::At).order_by_asc(Column::Id).limit(BATCH).all(db).await
}

/// Where the firm's chain goes on.
async fn end_of(
    tx: &DatabaseTransaction,
    firm: Uuid,
    anchor: Option<&Head>,
) -> Result<Head, DbErr> {
    let known = head::of(tx, firm).await?.or_else(|| anchor.cloned());
    let bound = Entity::find().filter(Column::TenantId.eq(firm)).filter(Column::Seq.is_not_null());
    let last = bound.order_by_desc(Column::Seq).one(tx).await?;
    Ok(furthest(known, last.as_ref()))
}

/// Behind whatever is known of a chain: neither does anything fit into a place from which
/// something was taken, nor does a head that was set back stop the plane's other chains.
fn furthest(known: Option<Head>, last: Option<&impl Chained>) -> Head {
    let last = last.and_then(Chained::place);
    [known, last].into_iter().flatten().max_by_key(|head| head.seq).unwrap_or_default()
}

async fn bind(tx: &DatabaseTransaction, entry: &Model, place: &Head) -> Result<(), DbErr> {
    Entity::update_many()
        .filter(Column::Id.eq(entry.id))
        .col_expr(Column::Seq, Expr::value(place.seq))
        .col_expr(Column::Hash, Expr::value(place.hash.clone()))
        .exec(tx)
        .await
        .map(|_| ())
}

/// Whether this process is the one that binds now, until the transaction ends. On `SQLite` the
/// transaction itself says so.
async fn takes_turn(tx: &DatabaseTransaction) -> Result<bool, DbErr> {
    if tx.get_database_backend() != DbBackend::Postgres {
        return Ok(true);
    }
    let sql = format!("SELECT pg_try_advisory_xact_lock({TURN})");
    let row = tx.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    row.map_or(Ok(false), |row| row.try_get_by_index(0))
}
