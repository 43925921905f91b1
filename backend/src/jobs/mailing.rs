//! Sending a mail, and noting that it was sent.
//!
//! No mail server says later whether it has a mail, so a worker that is killed between the
//! server's yes and the note leaves a mail that is sent again: rather twice than never. Both
//! carry one `Message-ID`, by which servers and mail programs know a copy.

use super::queue::lost;
use super::{Failure, Lease};
use crate::auth::tokens::hash_token;
use crate::auth::{profile, recovery};
use crate::mail::{Content, Letter};
use crate::platform::invitation;
use crate::state::AppState;
use sea_orm::DbErr;
use std::time::{Duration, Instant};

/// Until the first and the longest pause between two tries to note it.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// Hands a mail over and notes it. What was handed over cannot be taken back, so a database
/// that fails then is asked again for as long as a lease lasts, instead of sending anew. Should
/// it fail for longer, this process knows the mail at the next attempt.
pub async fn send(state: &AppState, lease: &Lease, letter: &Letter) -> Result<(), Failure> {
    if !state.mailer.has_sent(lease.id) && is_void(state, &letter.content).await? {
        return Err(Failure::Void("the link in it is used, revoked, replaced or too old"));
    }
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

/// Whether a mail comes too late: all that it is for is a link, which opens nothing any more.
async fn is_void(state: &AppState, content: &Content) -> Result<bool, DbErr> {
    let (db, now) = (state.planes.platform(), state.clock.now());
    let hash = |link: &str| hash_token(link.rsplit('#').next().unwrap_or_default());
    Ok(match content {
        Content::PasswordReset { link } => !recovery::opens(db, hash(link), now).await?,
        Content::EmailChange { link } => !profile::opens(db, hash(link), now).await?,
        Content::Invitation { link, .. } => !invitation::opens(db, &hash(link), now).await?,
        _ => false,
    })
}
