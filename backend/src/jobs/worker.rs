//! The loop that runs jobs.

use super::queue::{self, Lease};
use super::schedule::Schedule;
use super::{Job, outbox, perform};
use crate::audit::ChainKeeper;
use crate::state::AppState;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};
use uuid::Uuid;

/// So many jobs at once in one process.
const AT_ONCE: usize = 6;
/// So many of them are of these kinds: neither a mail server that does not answer nor changes of
/// many records hold up anybody else.
const PLACES: [(&str, usize); 2] = [(Job::MAIL, 2), (Job::BULK, 2)];
/// How often the table is looked at without being told.
const PAUSE: Duration = Duration::from_secs(1);
const PAUSE_AFTER_ERROR: Duration = Duration::from_secs(5);

/// A running worker, and with it whoever binds the audit logs. Dropped, it stops where it is;
/// what it was at is taken again when the lease is over.
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
    let places = PLACES.map(|(kind, count)| (kind, Arc::new(Semaphore::new(count))));
    let mut schedule = Schedule::default();
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
        let full = places.iter().filter(|(_, places)| places.available_permits() == 0);
        let full: Vec<&str> = full.map(|(kind, _)| *kind).collect();
        let pause = match next(&state, worker, &full, &mut schedule).await {
            Ok(Some(lease)) => {
                let own = places.iter().find(|(kind, _)| *kind == lease.job.kind());
                let place = own.and_then(|(_, places)| Arc::clone(places).try_acquire_owned().ok());
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
            // A place for the next of its kind.
            _ = running.join_next(), if !full.is_empty() => {}
            _ = stopped.changed() => {}
        }
    }
    while running.join_next().await.is_some() {}
}

async fn next(
    state: &AppState,
    worker: Uuid,
    full: &[&str],
    schedule: &mut Schedule,
) -> anyhow::Result<Option<Lease>> {
    schedule.keep(state).await?;
    let relayed = outbox::relay(state).await;
    let lease = queue::claim(state, worker, full).await?;
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
