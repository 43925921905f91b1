//! The loop that runs jobs.

use super::queue::{self, Lease};
use super::{Job, housekeeping, outbox, perform};
use crate::audit::ChainKeeper;
use crate::state::AppState;
use chrono::{DateTime, Utc};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};
use uuid::Uuid;

/// So many jobs at once in one process.
const AT_ONCE: usize = 4;
/// So many of them are mails: a mail server that does not answer holds nobody else up.
const MAILS_AT_ONCE: usize = 2;
/// How often the table is looked at without being told.
const PAUSE: Duration = Duration::from_secs(1);
const PAUSE_AFTER_ERROR: Duration = Duration::from_secs(5);

/// A running worker, and with it whoever binds the audit logs. Dropped, it stops where it is; what it was at is taken again when
/// the lease is over.
pub struct Worker {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
    keeper: ChainKeeper,
}

impl Worker {
    pub fn start(state: AppState) -> Self {
        let (stop, stopped) = watch::channel(false);
        let keeper = ChainKeeper::start(state.clone());
        Self { stop, task: tokio::spawn(run(state, stopped)), keeper }
    }

    /// Takes no further job and waits for those under way.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the worker did not stop in order");
        }
        self.keeper.stop().await;
    }
}

async fn run(state: AppState, mut stopped: watch::Receiver<bool>) {
    let worker = Uuid::now_v7();
    let mut running = JoinSet::new();
    let mails = Arc::new(Semaphore::new(MAILS_AT_ONCE));
    let mut scheduled = None;
    // Whoever started it is gone: so is the worker.
    while !*stopped.borrow() && stopped.has_changed().is_ok() {
        while running.try_join_next().is_some() {}
        if running.len() >= AT_ONCE {
            tokio::select! {
                _ = running.join_next() => {}
                _ = stopped.changed() => {}
            }
            continue;
        }
        let place = Arc::clone(&mails).try_acquire_owned().ok();
        let takes_mails = place.is_some();
        let pause = match next(&state, worker, takes_mails, &mut scheduled).await {
            Ok(Some(lease)) => {
                let place = place.filter(|_| matches!(lease.job, Job::Mail(_)));
                let state = state.clone();
                running.spawn(async move {
                    carry_out(state, lease).await;
                    drop(place);
                });
                continue;
            }
            Ok(None) => PAUSE,
            Err(error) => {
                tracing::warn!(
                    error = format!("{error:#}"),
                    "the job table or an outbox cannot be read"
                );
                PAUSE_AFTER_ERROR
            }
        };
        tokio::select! {
            () = state.bell.heard() => {}
            () = tokio::time::sleep(pause) => {}
            // A place for the next mail.
            _ = running.join_next(), if !takes_mails => {}
            _ = stopped.changed() => {}
        }
    }
    while running.join_next().await.is_some() {}
}

async fn next(
    state: &AppState,
    worker: Uuid,
    takes_mails: bool,
    scheduled: &mut Option<DateTime<Utc>>,
) -> anyhow::Result<Option<Lease>> {
    housekeeping::schedule(state, scheduled).await?;
    let relayed = outbox::relay(state).await;
    let lease = queue::claim(state, worker, takes_mails).await?;
    // An outbox that cannot be read keeps nobody from what is there.
    if lease.is_some() {
        return Ok(lease);
    }
    relayed.map(|()| None)
}

/// Runs one job and renews its lease meanwhile.
async fn carry_out(state: AppState, lease: Lease) {
    let mut beat = tokio::time::interval(state.config.worker_lease / 3);
    beat.tick().await;
    let work = perform::perform(&state, &lease);
    tokio::pin!(work);
    let outcome = loop {
        tokio::select! {
            outcome = &mut work => break outcome,
            _ = beat.tick() => match lease.renew(&state).await {
                Ok(true) => {}
                // Somebody else has it; whatever was under way is not committed.
                Ok(false) => return,
                Err(error) => tracing::warn!(%error, job = %lease.id, "a lease was not renewed"),
            },
        }
    };
    if let Err(failure) = outcome
        && let Err(error) = lease.fail(&state, failure).await
    {
        tracing::warn!(%error, job = %lease.id, "a failure was not noted");
    }
}
