//! `DELETE /api/appointments/{id}`

use super::entity::{Column, Entity};
use super::store;
use crate::audit::{Audit, told};
use crate::auth::{Scope, permissions::AppointmentsDelete};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Path};
use ebenezer_shared::ids::AppointmentId;
use ebenezer_shared::problem::Problem;
use ebenezer_shared::record::RecordType;
use sea_orm::{ColumnTrait as _, QueryFilter as _};

/// Deletes an appointment. What is only called off is better cancelled.
#[utoipa::path(delete, path = "/api/appointments/{id}", tag = "appointments",
    params(("id" = AppointmentId, Path), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 204),
        (status = 404, body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn delete_appointment(
    scope: Scope<AppointmentsDelete>,
    Path(id): Path<AppointmentId>,
    if_match: IfMatch,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let row = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(row.version)?;
    let id = row.id;
    let before = store::view(&command, command.tx(), row).await?;
    command.delete::<Entity>().filter(Column::Id.eq(id)).exec(command.tx()).await?;
    command.bury(RecordType::Appointment, id, None).await?;
    command.audit(Audit::deleted("appointment", id, &told(&before))?).await?;
    command.commit(Answer::no_content()).await
}
