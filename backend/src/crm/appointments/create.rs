//! `POST /api/appointments`

use super::entity::{Entity, Model};
use super::letter::Act;
use super::{conflict, letter, rules, store};
use crate::audit::{Audit, told};
use crate::auth::{Command, Scope, TenantScope, permissions::AppointmentsAdd};
use crate::crm::client::Client;
use crate::crm::{contacts, corporations, external_id, staff};
use crate::db;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use ebenezer_shared::crm::appointment::{Appointment, CreateAppointment};
use ebenezer_shared::problem::Problem;
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use uuid::Uuid;

/// Makes an appointment. While the colleague has another one it is refused, unless
/// `allow_conflict` says otherwise.
#[utoipa::path(post, path = "/api/appointments", tag = "appointments",
    request_body = CreateAppointment,
    responses(
        (status = 201, body = Appointment),
        (status = 409, description = "`appointment_conflict` lists those in the way, `duplicate` names the field", body = Problem),
        (status = 422, description = "`no_email`: the client who is to be told has none", body = Problem),
    ))]
pub async fn create_appointment(
    scope: Scope<AppointmentsAdd>,
    Json(body): Json<CreateAppointment>,
) -> Result<Answer, ApiError> {
    Client::named(body.contact_id, body.corporation_id)?;
    let (forced, notifies) = (body.allow_conflict, body.notify_client);
    let row = new_row(&scope, body);
    rules::check(&row)?;
    let command = scope.command().await?;
    check_references(&command, None, &row).await?;
    if !forced {
        conflict::refuse(&command, &row).await?;
    }
    let new = row.clone().into_active_model().reset_all();
    db::insert::<Entity, _, _>(command.tx(), [new]).await.map_err(external_id::refused)?;
    if notifies {
        letter::tell_client(&command, &row, Act::Made).await?;
    }
    let appointment = store::view(&command, command.tx(), row).await?;
    let entry = Audit::created("appointment", appointment.id, &told(&appointment))?;
    command.audit(entry).await?;
    let at = format!("/api/appointments/{}", appointment.id);
    let answer = Answer::created(at, &appointment)?.etag(1);
    command.commit(answer).await
}

fn new_row(scope: &TenantScope, body: CreateAppointment) -> Model {
    let now = scope.now();
    let mut row = Model {
        id: Uuid::now_v7(),
        tenant_id: scope.tenant_id(),
        title: String::new(),
        sort_name: String::new(),
        search_text: String::new(),
        starts_at: body.starts_at,
        ends_at: body.ends_at,
        staff_id: body.staff_id.map_or_else(|| scope.user_id(), Into::into),
        contact_id: body.contact_id.map(Into::into),
        corporation_id: body.corporation_id.map(Into::into),
        place: body.place,
        video_url: body.video_url,
        status: body.status.as_str().to_owned(),
        notes: body.notes,
        remind_minutes: body.remind_minutes.and_then(|minutes| i32::try_from(minutes).ok()),
        remind_at: None,
        reminded_at: None,
        external_id: body.external_id,
        version: 1,
        created_by: Some(scope.user_id()),
        created_at: now,
        updated_at: now,
    };
    rules::set_title(&mut row, body.title);
    rules::set_reminder(&mut row, now);
    rules::index(&mut row);
    row
}

/// 422 when it names somebody whom the firm does not have. What a known appointment names
/// already is not asked for again.
pub(super) async fn check_references(
    command: &Command<'_>,
    known: Option<&Model>,
    row: &Model,
) -> Result<(), ApiError> {
    let tx = command.tx();
    if known.is_none_or(|known| known.staff_id != row.staff_id) {
        staff::check_named(command, tx, "staff_id", row.staff_id).await?;
    }
    if known.is_some_and(|known| known.client() == row.client()) {
        return Ok(());
    }
    if let Some(id) = row.contact_id {
        contacts::store::check(command, tx, "contact_id", id).await?;
    }
    corporations::store::check(command, tx, "corporation_id", row.corporation_id).await
}
