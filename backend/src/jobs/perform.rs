//! What each kind of job does.

use super::{Job, Lease, housekeeping, local, mailing};
use crate::auth::recovery;
use crate::crm::{appointments, bulk};
use crate::state::AppState;
use crate::storage::ledger;
use crate::team::news;
use sea_orm::DbErr;

/// Why a job did not get done.
#[derive(Debug)]
pub enum Failure {
    /// Another time it may work.
    Again(anyhow::Error),
    /// It never will.
    Never(anyhow::Error),
    /// Somebody asked to stop it.
    Cancelled,
    /// What it was for is over, and why.
    Void(&'static str),
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Again(error)
    }
}

impl From<DbErr> for Failure {
    fn from(error: DbErr) -> Self {
        Self::Again(error.into())
    }
}

pub async fn perform(state: &AppState, lease: &Lease) -> Result<(), Failure> {
    match &lease.job {
        Job::Mail(letter) => mailing::send(state, lease, letter).await,
        Job::PasswordForgotten { email, locale } => {
            recovery::send_link(state, lease, email, *locale).await
        }
        Job::News(news) => {
            news::tell(state, news).await?;
            lease.finish(state.planes.platform(), state.clock.now()).await
        }
        Job::Bulk { bulk, way } => {
            let (state, lease, bulk, way) = (state.clone(), lease.clone(), *bulk, *way);
            local::on_a_thread(
                move || async move { bulk::carry_out(&state, &lease, bulk, way).await },
            )
            .await
        }
        Job::SweepFiles => {
            ledger::sweep(state).await?;
            lease.finish(state.planes.platform(), state.clock.now()).await
        }
        Job::Reminders => {
            appointments::remind_due(state).await?;
            lease.finish(state.planes.platform(), state.clock.now()).await
        }
        Job::Housekeeping => housekeeping::run(state, lease).await,
    }
}
