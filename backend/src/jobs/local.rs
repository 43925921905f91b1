//! Work that stays on one thread, as everything does that is done in a request's scope.

use super::Failure;
use super::queue::lost;
use std::future::Future;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;

/// Does it on a thread of its own. It ends where it is when the caller gives it up, as when the
/// lease of a job is lost.
pub async fn on_a_thread<F>(work: impl FnOnce() -> F + Send + 'static) -> Result<(), Failure>
where
    F: Future<Output = Result<(), Failure>>,
{
    let (keep, given_up) = oneshot::channel::<()>();
    let runtime = Handle::current();
    let done = spawn_blocking(move || {
        runtime.block_on(async {
            tokio::select! {
                done = work() => done,
                _ = given_up => Err(lost()),
            }
        })
    });
    let done = done.await.map_err(|error| Failure::Again(error.into()))?;
    drop(keep);
    done
}
