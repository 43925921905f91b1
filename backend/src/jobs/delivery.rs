//! What became of mails.

#![expect(
    clippy::disallowed_methods,
    reason = "jobs are rows of the platform plane; whoever asks names the mails of a firm"
)]

use super::entity::{Column, Entity, GivenUp, Model, Status};
use ebenezer_shared::team::{Delivery, DeliveryFailure, DeliveryStatus};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};
use std::collections::HashMap;
use uuid::Uuid;

/// Where mails stand, by the ids of their jobs. Jobs that are done are forgotten after a
/// while: of mails that are not there it is known that they were sent.
pub struct Deliveries(HashMap<Uuid, Delivery>);

impl Deliveries {
    pub async fn of(
        db: &impl ConnectionTrait,
        jobs: impl IntoIterator<Item = Uuid>,
    ) -> Result<Self, DbErr> {
        let rows = Entity::find().filter(Column::Id.is_in(jobs)).all(db).await?;
        Ok(Self(rows.into_iter().map(|row| (row.id, delivery(&row))).collect()))
    }

    /// What became of that mail.
    pub fn get(&self, job: Option<Uuid>) -> Delivery {
        let known = job.and_then(|job| self.0.get(&job).copied());
        known.unwrap_or(Delivery { status: DeliveryStatus::Sent, failure: None })
    }
}

fn delivery(row: &Model) -> Delivery {
    let status = match row.status {
        Status::Done => DeliveryStatus::Sent,
        Status::Dead | Status::Cancelled => DeliveryStatus::Failed,
        // Since an attempt that went wrong, or a worker that died at it.
        Status::Waiting | Status::Running if row.error.is_some() => DeliveryStatus::Retrying,
        Status::Waiting | Status::Running => DeliveryStatus::Queued,
    };
    let failure = match (status, row.given_up) {
        (DeliveryStatus::Failed, Some(GivenUp::Refused)) => Some(DeliveryFailure::Refused),
        (DeliveryStatus::Failed, _) => Some(DeliveryFailure::Undeliverable),
        _ => None,
    };
    Delivery { status, failure }
}
