//! Appointments: when somebody of the firm meets somebody, and where.

mod status;

pub use status::AppointmentStatus;

use crate::crm::client::ClientRef;
use crate::crm::staff::StaffRef;
use crate::ids::{AppointmentId, ContactId, CorporationId, UserId};
use crate::patch::Patch;
use crate::validation as rule;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_with_macros::apply;
use validator::{Validate, ValidationError};

/// The longest appointment.
pub const LONGEST: TimeDelta = TimeDelta::hours(24);

/// The earliest reminder: four weeks before.
pub const EARLIEST_REMINDER: u32 = 28 * 24 * 60;

const fn scheduled() -> AppointmentStatus {
    AppointmentStatus::Scheduled
}

fn reminder(minutes: u32) -> Result<(), ValidationError> {
    if minutes > EARLIEST_REMINDER {
        return Err(ValidationError::new("out_of_range"));
    }
    Ok(())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the rules get references")]
fn reminder_patch(value: &Patch<u32>) -> Result<(), ValidationError> {
    value.value().map_or(Ok(()), |minutes| reminder(*minutes))
}

/// `POST /api/appointments`
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<String> => #[serde(deserialize_with = "rule::trimmed_option")],
    bool => #[serde(default, skip_serializing_if = "std::ops::Not::not")],
)]
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateAppointment {
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::required_line"))]
    pub title: String,
    #[validate(custom(function = "rule::day"))]
    pub starts_at: DateTime<Utc>,
    /// After `starts_at`, within 24 hours.
    #[validate(custom(function = "rule::day"))]
    pub ends_at: DateTime<Utc>,
    /// Whose appointment it is; without one the caller's.
    pub staff_id: Option<UserId>,
    pub contact_id: Option<ContactId>,
    pub corporation_id: Option<CorporationId>,
    #[validate(custom(function = "rule::line"))]
    pub place: Option<String>,
    /// Where a call takes place: `https://...`
    #[cfg_attr(feature = "openapi", schema(format = "uri"))]
    #[validate(custom(function = "rule::web_address"))]
    pub video_url: Option<String>,
    #[serde(default = "scheduled")]
    pub status: AppointmentStatus,
    #[validate(custom(function = "rule::notes"))]
    pub notes: Option<String>,
    /// So many minutes before it begins a mail reminds the colleague and the client: 0 to 40320.
    #[validate(custom(function = "reminder"))]
    #[cfg_attr(feature = "openapi", schema(maximum = 40320))]
    pub remind_minutes: Option<u32>,
    /// The record's id in another system. Unique in the firm.
    #[validate(custom(function = "rule::line"))]
    pub external_id: Option<String>,
    /// Whether it may take place while the colleague has another one.
    pub allow_conflict: bool,
    /// Whether the client gets a mail with the time and a calendar file.
    pub notify_client: bool,
}

/// `PATCH /api/appointments/{id}`
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, deserialize_with = "rule::not_null")]
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))],
    Patch => #[serde(default, skip_serializing_if = "Patch::is_absent")],
    Patch<String> => #[serde(deserialize_with = "rule::trimmed_patch")],
    bool => #[serde(default, skip_serializing_if = "std::ops::Not::not")],
)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateAppointment {
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "rule::required_line_patch"))]
    pub title: Patch<String>,
    #[validate(custom(function = "rule::day"))]
    pub starts_at: Option<DateTime<Utc>>,
    #[validate(custom(function = "rule::day"))]
    pub ends_at: Option<DateTime<Utc>>,
    pub staff_id: Option<UserId>,
    /// Naming one client drops the other.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<ContactId>))]
    pub contact_id: Patch<ContactId>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<CorporationId>))]
    pub corporation_id: Patch<CorporationId>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::line"))]
    pub place: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = "uri"))]
    #[validate(custom(function = "rule::web_address"))]
    pub video_url: Patch<String>,
    pub status: Option<AppointmentStatus>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::notes"))]
    pub notes: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u32>, maximum = 40320))]
    #[validate(custom(function = "reminder_patch"))]
    pub remind_minutes: Patch<u32>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::line"))]
    pub external_id: Patch<String>,
    /// Whether it may take place while the colleague has another one.
    pub allow_conflict: bool,
    /// Whether the client gets a mail with what holds now and a calendar file.
    pub notify_client: bool,
}

/// An appointment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Appointment {
    pub id: AppointmentId,
    pub title: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// Whose appointment it is.
    pub staff: StaffRef,
    pub client: Option<ClientRef>,
    pub place: Option<String>,
    pub video_url: Option<String>,
    pub status: AppointmentStatus,
    pub notes: Option<String>,
    pub remind_minutes: Option<u32>,
    /// When the reminder went out.
    pub reminded_at: Option<DateTime<Utc>>,
    pub external_id: Option<String>,
    /// Send it as `If-Match` with a change.
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// An appointment that is in the way of another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppointmentRef {
    pub id: AppointmentId,
    pub title: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
}

/// `GET /api/calendar-feed`: the caller's own feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CalendarFeed {
    /// Since when there is one; none when there is none.
    pub created_at: Option<DateTime<Utc>>,
}

/// `POST /api/calendar-feed`: a new address. It is told once; the one before serves no longer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewCalendarFeed {
    /// A secret: whoever has it reads the caller's appointments.
    pub url: String,
    pub created_at: DateTime<Utc>,
}
