//! What is done when its time has come: each hour housekeeping, each minute reminders, when
//! there are any. One job for each, however many processes see to it.

use super::{Job, queue};
use crate::crm::appointments;
use crate::state::AppState;
use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};
use std::fmt::Display;

/// The hour and the minute for which this process did so.
#[derive(Default)]
pub struct Schedule {
    hour: Option<DateTime<Utc>>,
    minute: Option<DateTime<Utc>>,
}

impl Schedule {
    /// Makes sure that there are the jobs of this hour and of this minute.
    pub async fn keep(&mut self, state: &AppState) -> anyhow::Result<()> {
        let hour = state.clock.now().duration_trunc(TimeDelta::hours(1))?;
        if self.hour != Some(hour) {
            enqueue(state, &Job::Housekeeping, hour.format("%Y-%m-%dT%H")).await?;
            self.hour = Some(hour);
        }
        let minute = state.clock.now().duration_trunc(TimeDelta::minutes(1))?;
        if self.minute != Some(minute) {
            if appointments::any_due(state).await {
                enqueue(state, &Job::Reminders, minute.format("%Y-%m-%dT%H:%M")).await?;
            }
            self.minute = Some(minute);
        }
        Ok(())
    }
}

async fn enqueue(state: &AppState, job: &Job, at: impl Display) -> anyhow::Result<()> {
    let key = format!("{}:{at}", job.kind());
    queue::enqueue(state.planes.platform(), state, job, Some(key)).await?;
    Ok(())
}
