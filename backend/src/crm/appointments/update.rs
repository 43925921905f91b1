//! `PATCH /api/appointments/{id}`

use super::create::check_references;
use super::entity::{Entity, Model};
use super::letter::Act;
use super::{conflict, letter, rules, store};
use crate::audit::{Audit, told};
use crate::auth::{Command, Scope, permissions::AppointmentsChange};
use crate::crm::client::Client;
use crate::crm::external_id;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Json, Path};
use ebenezer_shared::crm::appointment::{Appointment, AppointmentStatus, UpdateAppointment};
use ebenezer_shared::ids::AppointmentId;
use ebenezer_shared::problem::Problem;
use sea_orm::IntoActiveModel as _;

/// Changes an appointment: moves it, confirms it, calls it off. While the colleague has another
/// one then it is refused, unless `allow_conflict` says otherwise.
#[utoipa::path(patch, path = "/api/appointments/{id}", tag = "appointments",
    params(("id" = AppointmentId, Path), ("If-Match" = Option<String>, Header)),
    request_body = UpdateAppointment,
    responses(
        (status = 200, body = Appointment),
        (status = 404, body = Problem),
        (status = 409, description = "`appointment_conflict` lists those in the way, `duplicate` names the field", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
        (status = 422, description = "`no_email`: the client who is to be told has none", body = Problem),
    ))]
pub async fn update_appointment(
    scope: Scope<AppointmentsChange>,
    Path(id): Path<AppointmentId>,
    if_match: IfMatch,
    Json(body): Json<UpdateAppointment>,
) -> Result<Answer, ApiError> {
    Client::named(body.contact_id.change().flatten(), body.corporation_id.change().flatten())?;
    let command = scope.command().await?;
    let known = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(known.version)?;
    let before = store::view(&scope, command.tx(), known.clone()).await?;
    let (now, forced, notifies) = (scope.now(), body.allow_conflict, body.notify_client);
    let mut row = apply(known.clone(), body);
    if row != known {
        rules::check(&row)?;
        rules::keep_reminder(&known, &mut row, now);
        check_references(&command, Some(&known), &row).await?;
        if takes_other_time(&known, &row) && !forced {
            conflict::refuse(&command, &row).await?;
        }
        row.version += 1;
        row.updated_at = now;
        command
            .save::<Entity>(row.id, row.clone().into_active_model())
            .await
            .map_err(external_id::refused)?;
    }
    if notifies {
        tell(&command, &known, &row).await?;
    }
    let version = row.version;
    let after = store::view(&scope, command.tx(), row).await?;
    if version != before.version {
        let (was, is) = (told(&before), told(&after));
        command.audit(Audit::updated("appointment", id, &was, &is)?).await?;
    }
    command.commit(Answer::ok(&after)?.etag(version)).await
}

/// Writes to the client, and to the one with whom it was before.
async fn tell(command: &Command<'_>, known: &Model, row: &Model) -> Result<(), ApiError> {
    let is_off = rules::status(row) == AppointmentStatus::Cancelled;
    let act = if is_off { Act::Cancelled } else { Act::Changed };
    if known.client() == row.client() {
        return letter::tell_client(command, row, act).await;
    }
    letter::tell_former_client(command, known).await?;
    if row.client().is_none() || is_off {
        return Ok(());
    }
    letter::tell_client(command, row, Act::Made).await
}

/// Whether it takes other time than before, or somebody else's.
fn takes_other_time(known: &Model, row: &Model) -> bool {
    let takes =
        |row: &Model| (row.starts_at, row.ends_at, row.staff_id, rules::status(row).takes_time());
    takes(known) != takes(row)
}

fn apply(mut row: Model, body: UpdateAppointment) -> Model {
    if let Some(Some(title)) = body.title.change() {
        rules::set_title(&mut row, title);
    }
    row.starts_at = body.starts_at.unwrap_or(row.starts_at);
    row.ends_at = body.ends_at.unwrap_or(row.ends_at);
    row.staff_id = body.staff_id.map_or(row.staff_id, Into::into);
    let (contact, company) = (body.contact_id.change(), body.corporation_id.change());
    if contact.flatten().is_some() || company.flatten().is_some() {
        (row.contact_id, row.corporation_id) = (None, None);
    }
    if let Some(contact) = contact {
        row.contact_id = contact.map(Into::into);
    }
    if let Some(company) = company {
        row.corporation_id = company.map(Into::into);
    }
    if let Some(place) = body.place.change() {
        row.place = place;
    }
    if let Some(video_url) = body.video_url.change() {
        row.video_url = video_url;
    }
    if let Some(status) = body.status {
        status.as_str().clone_into(&mut row.status);
    }
    if let Some(notes) = body.notes.change() {
        row.notes = notes;
    }
    if let Some(minutes) = body.remind_minutes.change() {
        row.remind_minutes = minutes.and_then(|minutes| i32::try_from(minutes).ok());
    }
    if let Some(external_id) = body.external_id.change() {
        row.external_id = external_id;
    }
    rules::index(&mut row);
    row
}
