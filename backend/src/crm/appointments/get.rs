//! `GET /api/appointments/{id}`

use super::store;
use crate::auth::{Scope, permissions::AppointmentsView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use ebenezer_shared::crm::appointment::Appointment;
use ebenezer_shared::ids::AppointmentId;
use ebenezer_shared::problem::Problem;

/// One appointment.
#[utoipa::path(get, path = "/api/appointments/{id}", tag = "appointments",
    params(("id" = AppointmentId, Path)),
    responses((status = 200, body = Appointment), (status = 404, body = Problem)))]
pub async fn get_appointment(
    scope: Scope<AppointmentsView>,
    Path(id): Path<AppointmentId>,
) -> Result<Answer, ApiError> {
    let row = store::find(&scope, scope.db(), id.into(), false).await?;
    let version = row.version;
    let appointment = store::view(&scope, scope.db(), row).await?;
    Ok(Answer::ok(&appointment)?.etag(version))
}
