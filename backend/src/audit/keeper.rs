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
    // Whoever started it is gone: so is the keeper.
    while !*stopped.borrow() && stopped.has_changed().is_ok() {
        let pause = match round(&state).await {
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
/// reached keeps none of the others waiting.
pub async fn round(state: &AppState) -> anyhow::Result<u64> {
    let mut troubles = Troubles::default();
    let done = platform_round(state, &mut troubles).await;
    let mut bound = troubles.note("the platform's log", done).unwrap_or_default();
    for plane in state.planes.all_tenant_planes() {
        let done = firms_round(state, &plane).await;
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
    let mut chain = Chain::from(anchor::of(&tx, [PLATFORM]).await?.remove(&PLATFORM));
    for entry in &entries {
        let mac = chain.extend(state, entry);
        let update = activity::Entity::update_many()
            .filter(activity::Column::Id.eq(entry.id))
            .col_expr(activity::Column::Mac, Expr::value(mac))
            .col_expr(activity::Column::Seq, Expr::value(chain.now.seq))
            .col_expr(activity::Column::Hash, Expr::value(chain.now.hash.clone()));
        update.exec(&tx).await?;
    }
    anchor::advance(&tx, PLATFORM, &chain.now).await?;
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
async fn firms_round(state: &AppState, plane: &DatabaseConnection) -> anyhow::Result<u64> {
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
        let known = head::of(&tx, firm).await?.or_else(|| anchors.get(&firm).cloned());
        chains.insert(firm, Chain::from(known));
    }
    let entries = self::waiting(&tx, Some(chains.keys().copied().collect())).await?;
    for entry in &entries {
        let Some(chain) = chains.get_mut(&entry.tenant_id) else { continue };
        let mac = chain.extend(state, entry);
        bind(&tx, entry, mac, &chain.now).await?;
    }
    for (firm, chain) in &chains {
        head::set(&tx, *firm, &chain.now).await?;
    }
    tx.commit().await?;
    // Whoever watches waits for no anchor, and no anchor for whoever watches.
    for event in entries.iter().filter_map(Event::of) {
        state.live.publish(event);
    }
    for (firm, chain) in &chains {
        move_anchor(state, plane, *firm, anchors.get(firm), chain).await?;
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

async fn bind(
    tx: &DatabaseTransaction,
    entry: &Model,
    mac: String,
    place: &Head,
) -> Result<(), DbErr> {
    Entity::update_many()
        .filter(Column::Id.eq(entry.id))
        .col_expr(Column::Mac, Expr::value(mac))
        .col_expr(Column::Seq, Expr::value(place.seq))
        .col_expr(Column::Hash, Expr::value(place.hash.clone()))
        .exec(tx)
        .await
        .map(|_| ())
}

/// Keeps how far the chain reaches, unless it is not the one that the anchor stands on.
async fn move_anchor(
    state: &AppState,
    plane: &DatabaseConnection,
    firm: Uuid,
    anchor: Option<&Head>,
    chain: &Chain,
) -> anyhow::Result<()> {
    if let Some(anchor) = anchor {
        let at_anchor = Entity::find()
            .filter(Column::TenantId.eq(firm))
            .filter(Column::Seq.eq(anchor.seq))
            .one(plane)
            .await?;
        let holds = anchor.seq <= chain.before.seq
            && at_anchor.is_some_and(|entry| entry.hash.as_ref() == Some(&anchor.hash));
        if !holds {
            tracing::error!(%firm, seq = anchor.seq, "the audit log is not what it was");
            return Ok(());
        }
    }
    anchor::advance(state.planes.platform(), firm, &chain.now).await?;
    Ok(())
}

/// A chain as it grows in a round.
struct Chain {
    before: Head,
    now: Head,
}

impl From<Option<Head>> for Chain {
    fn from(head: Option<Head>) -> Self {
        let before = head.unwrap_or_default();
        Self { now: before.clone(), before }
    }
}

impl Chain {
    /// Puts an entry at the end; answers its hash. Entries that were written before there were
    /// chains are taken as they are when their chain begins, and never later.
    fn extend(&mut self, state: &AppState, entry: &impl Chained) -> String {
        let is_older = entry.mac().is_empty() && self.before.seq == 0;
        let mac = if is_older {
            state.chain_key.of_entry(entry.fields())
        } else {
            entry.mac().to_owned()
        };
        self.now = state.chain_key.link(entry.chain(), &self.now, &mac);
        mac
    }
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
