//! Sending a mail, and noting that it was sent.

use super::queue::lost;
use super::{Failure, Lease};
use crate::mail::Letter;
use crate::state::AppState;
use std::time::{Duration, Instant};

/// Until the first and the longest pause between two tries to note it.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// Hands a mail over and notes it. What was handed over cannot be taken back, so a database
/// that fails then is asked again for as long as a lease lasts, instead of sending anew. Should
/// it fail for longer, this process knows the mail at the next attempt.
pub async fn send(state: &AppState, lease: &Lease, letter: &Letter) -> Result<(), Failure> {
    state.mailer.send(letter, lease.id, lease.created_at).await?;
    let (since, mut pause) = (Instant::now(), FIRST_PAUSE);
    loop {
        match lease.mark_done(state.planes.platform(), state.clock.now()).await {
            Ok(noted) => {
                state.mailer.is_noted(lease.id);
                return if noted { Ok(()) } else { Err(lost()) };
            }
            Err(error) if since.elapsed() + pause > state.config.worker_lease => {
                return Err(error.into());
            }
            Err(error) => {
                tracing::warn!(%error, job = %lease.id, "a mail was sent, which is not noted yet");
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
}
