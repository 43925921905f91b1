//! Appointments that are in each other's way.

use super::entity::{Column, Entity, Model};
use super::rules;
use crate::auth::Command;
use crate::crm::staff;
use crate::error::{ApiError, Refusal};
use ebenezer_shared::crm::appointment::{AppointmentRef, AppointmentStatus, LONGEST};
use ebenezer_shared::problem::ProblemCode;
use sea_orm::{ColumnTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

/// So many are told.
const TOLD: u64 = 10;

/// 409 `appointment_conflict` when the colleague has another one at that time. The colleague
/// is locked first, so that of two at once the second one sees the first.
pub async fn refuse(command: &Command<'_>, row: &Model) -> Result<(), ApiError> {
    if !rules::status(row).takes_time() {
        return Ok(());
    }
    let tx = command.tx();
    command.by_id::<staff::Entity>(row.staff_id).lock_exclusive().one(tx).await?;
    let busy = AppointmentStatus::ALL.iter().filter(|status| status.takes_time());
    let others = command
        .select::<Entity>()
        .filter(Column::StaffId.eq(row.staff_id))
        .filter(Column::StartsAt.gt(row.starts_at - LONGEST))
        .filter(Column::StartsAt.lt(row.ends_at))
        .filter(Column::EndsAt.gt(row.starts_at))
        .filter(Column::Status.is_in(busy.map(|status| status.as_str())))
        .filter(Column::Id.ne(row.id))
        .order_by_asc(Column::StartsAt)
        .limit(TOLD)
        .all(tx)
        .await?;
    if others.is_empty() {
        return Ok(());
    }
    let appointments = others.into_iter().map(|other| AppointmentRef {
        id: other.id.into(),
        title: other.title,
        starts_at: other.starts_at,
        ends_at: other.ends_at,
    });
    let code = ProblemCode::AppointmentConflict;
    Err(Refusal { appointments: appointments.collect(), ..Refusal::new(code) }.into())
}
