//! Mails about appointments.

use super::entity::Model;
use super::{ical, rules};
use crate::auth::Command;
use crate::crm::client::Addressee;
use crate::crm::staff;
use crate::db;
use crate::error::ApiError;
use crate::jobs::Job;
use crate::mail::{AppointmentMail, Content, Letter};
use crate::platform::tenant;
use ebenezer_shared::crm::appointment::AppointmentStatus;
use sea_orm::{ConnectionTrait, DbErr};

pub use crate::mail::AppointmentAct as Act;

/// Writes to the client what holds now. 422 when there is no client with an email.
pub async fn tell_client(command: &Command<'_>, row: &Model, act: Act) -> Result<(), ApiError> {
    let letter = to_client(command.tx(), &command.place().tenant, row, act).await?;
    let field = row.client().map_or("contact_id", |client| client.field());
    let letter = letter.ok_or_else(|| ApiError::invalid(field, "no_email"))?;
    command.enqueue(&Job::Mail(letter)).await?;
    Ok(())
}

/// Calls it off for a client with whom it is no longer, as far as they have an email.
pub async fn tell_former_client(command: &Command<'_>, before: &Model) -> Result<(), ApiError> {
    if !rules::status(before).is_coming() {
        return Ok(());
    }
    let mut row = before.clone();
    AppointmentStatus::Cancelled.as_str().clone_into(&mut row.status);
    row.version += 1;
    let letter = to_client(command.tx(), &command.place().tenant, &row, Act::Cancelled).await?;
    if let Some(letter) = letter {
        command.enqueue(&Job::Mail(letter)).await?;
    }
    Ok(())
}

/// What the client reads; none without a client, or without an email.
pub async fn to_client(
    db: &impl ConnectionTrait,
    firm: &tenant::Model,
    row: &Model,
    act: Act,
) -> Result<Option<Letter>, DbErr> {
    let Some(client) = row.client() else { return Ok(None) };
    let Some(to) = client.addressee(db, firm).await? else { return Ok(None) };
    let colleague = db::by_id::<staff::Entity>(firm.id, row.staff_id).one(db).await?;
    let with = colleague.map(|colleague| colleague.full_name);
    Ok(Some(letter(firm, row, act, with, to)))
}

/// The mail. `with` is the other one of the two who meet.
pub fn letter(
    firm: &tenant::Model,
    row: &Model,
    act: Act,
    with: Option<String>,
    to: Addressee,
) -> Letter {
    let whom = with.clone().unwrap_or_default();
    let mail = AppointmentMail {
        act,
        company: firm.company.clone(),
        title: row.title.clone(),
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        zone: firm.time_zone.clone(),
        with,
        place: row.place.clone(),
        video_url: row.video_url.clone(),
        calendar: ical::calendar(&firm.company, [(row, whom)]),
    };
    let Addressee { email, name, locale } = to;
    Letter { email, name, locale, content: Content::Appointment(Box::new(mail)) }
}
