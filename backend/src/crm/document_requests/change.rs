//! What every change of a request comes to.

use super::entity::{Entity, Model};
use super::store;
use crate::audit::Audit;
use crate::auth::Command;
use crate::error::ApiError;
use chrono::{Days, NaiveDate};
use ebenezer_shared::crm::document_request::{DocumentRequest, DocumentRequestStatus as Status};
use sea_orm::IntoActiveModel as _;

/// The day so many days after another.
pub fn days_after(day: NaiveDate, days: Option<i32>) -> Option<NaiveDate> {
    let days = u64::try_from(days?).ok()?;
    day.checked_add_days(Days::new(days))
}

/// Writes the next version of a request, with the status that follows from its items, and what
/// happened beside it. `shown` is how it was.
pub async fn write(
    command: &Command<'_>,
    mut row: Model,
    shown: &DocumentRequest,
) -> Result<(DocumentRequest, i32), ApiError> {
    let items = store::items(command, command.tx(), [row.id]).await?;
    let is_there = !items.is_empty() && items.iter().all(|item| item.fulfilled_at.is_some());
    let status = match (store::status(&row), is_there) {
        (Status::Cancelled, _) => Status::Cancelled,
        (_, true) => Status::Completed,
        (_, false) => Status::Open,
    };
    if status == Status::Completed {
        row.completed_at = row.completed_at.or(Some(command.now()));
    } else {
        row.completed_at = None;
    }
    if status == Status::Open {
        let next = days_after(command.today(), row.remind_every_days);
        row.next_reminder_on = row.next_reminder_on.or(next).filter(|_| next.is_some());
    } else {
        row.next_reminder_on = None;
    }
    status.as_str().clone_into(&mut row.status);
    row.version += 1;
    row.updated_at = command.now();
    let version = row.version;
    command.save::<Entity>(row.id, row.clone().into_active_model()).await?;
    let after = store::load(command, command.tx(), row).await?;
    let entry = Audit::updated("document_request", after.id, shown, &after)?;
    command.audit(entry).await?;
    Ok((after, version))
}
