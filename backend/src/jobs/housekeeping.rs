//! Deleting, once an hour, what nobody needs any more.

use super::{Failure, Lease, Troubles, queue};
use crate::auth::{recovery, sessions};
use crate::crm::documents::purge;
use crate::crm::{appointments, bulk, document_requests, threads};
use crate::db::begin_write;
use crate::platform::{download_link, invitation};
use crate::state::AppState;
use crate::storage::ledger;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DatabaseConnection;

/// How long ended jobs can be looked at.
const JOBS_KEPT: TimeDelta = TimeDelta::days(7);
/// How long ended sessions can be looked at.
const SESSIONS_KEPT: TimeDelta = TimeDelta::days(30);
/// How long invitations that were taken, taken back or too old are known.
const INVITATIONS_KEPT: TimeDelta = TimeDelta::days(30);

/// Each part by itself: what goes wrong keeps nothing else from being done, and has the job come
/// again.
pub async fn run(state: &AppState, lease: &Lease) -> Result<(), Failure> {
    let now = state.clock.now();
    let mut troubles = Troubles::default();
    for plane in state.planes.all_tenant_planes() {
        troubles.note("old changes of many", forget_bulk(&plane, now).await);
    }
    troubles.note("documents in the trash", purge::late(state).await);
    troubles.note("files of messages", threads::late(state).await);
    troubles.note("reminders of documents", document_requests::remind_due(state).await);
    troubles.note("reminders of appointments", appointments::remind_due(state).await);
    if let Err(error) = ledger::sweep(state).await {
        tracing::warn!(
            error = format!("{error:#}"),
            "files could not be swept; the next hour tries again"
        );
    }
    troubles.note("what the platform forgets", forget(state, now).await);
    troubles.end()?;
    lease.finish(state.planes.platform(), now).await
}

async fn forget_bulk(plane: &DatabaseConnection, now: DateTime<Utc>) -> anyhow::Result<()> {
    let tx = begin_write(plane).await?;
    bulk::forget(&tx, now).await?;
    Ok(tx.commit().await?)
}

async fn forget(state: &AppState, now: DateTime<Utc>) -> anyhow::Result<()> {
    let tx = begin_write(state.planes.platform()).await?;
    queue::forget(&tx, now - JOBS_KEPT).await?;
    sessions::forget(&tx, now - SESSIONS_KEPT).await?;
    recovery::forget(&tx, now).await?;
    download_link::forget(&tx, now).await?;
    invitation::forget(&tx, now - INVITATIONS_KEPT).await?;
    Ok(tx.commit().await?)
}
