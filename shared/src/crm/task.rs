//! Tasks: what somebody is to do, and until when.

mod recurrence;
mod status;
mod words;

pub use recurrence::{Frequency, Recurrence};
pub use status::TaskStatus;

use crate::crm::case::CaseRef;
use crate::crm::client::ClientRef;
use crate::crm::priority::Priority;
use crate::crm::staff::StaffRef;
use crate::ids::{CaseId, ContactId, CorporationId, TaskId, UserId};
use crate::patch::Patch;
use crate::validation as rule;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_with_macros::apply;
use validator::{Validate, ValidationError};

const fn open() -> TaskStatus {
    TaskStatus::Open
}

fn recurrence_patch(value: &Patch<Recurrence>) -> Result<(), ValidationError> {
    match value.value().map(Validate::validate) {
        Some(Err(_)) => Err(ValidationError::new("out_of_range")),
        _ => Ok(()),
    }
}

/// `POST /api/tasks`. It is about one person, one company or one case at most.
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<String> => #[serde(deserialize_with = "rule::trimmed_option")],
)]
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateTask {
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::required_line"))]
    pub title: String,
    #[validate(custom(function = "rule::day"))]
    pub due_at: Option<DateTime<Utc>>,
    pub assignee_id: Option<UserId>,
    #[serde(default = "Priority::usual")]
    pub priority: Priority,
    #[serde(default = "open")]
    pub status: TaskStatus,
    pub contact_id: Option<ContactId>,
    pub corporation_id: Option<CorporationId>,
    pub case_id: Option<CaseId>,
    /// Needs `due_at`: the days are counted from there, in the firm's time zone.
    #[validate(nested)]
    pub recurrence: Option<Recurrence>,
    #[validate(custom(function = "rule::notes"))]
    pub notes: Option<String>,
    /// The record's id in another system. Unique in the firm.
    #[validate(custom(function = "rule::line"))]
    pub external_id: Option<String>,
}

/// `PATCH /api/tasks/{id}`
///
/// A recurring task that is done leaves the next one behind. Is it taken up again before anybody
/// touched that one, the next one goes. A cancelled one is the last.
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, deserialize_with = "rule::not_null")]
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))],
    Patch => #[serde(default, skip_serializing_if = "Patch::is_absent")],
    Patch<String> => #[serde(deserialize_with = "rule::trimmed_patch")],
)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateTask {
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "rule::required_line_patch"))]
    pub title: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<DateTime<Utc>>))]
    #[validate(custom(function = "rule::day"))]
    pub due_at: Patch<DateTime<Utc>>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<UserId>))]
    pub assignee_id: Patch<UserId>,
    pub priority: Option<Priority>,
    pub status: Option<TaskStatus>,
    /// Naming one thing that it is about drops the others.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<ContactId>))]
    pub contact_id: Patch<ContactId>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<CorporationId>))]
    pub corporation_id: Patch<CorporationId>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<CaseId>))]
    pub case_id: Patch<CaseId>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Recurrence>))]
    #[validate(custom(function = "recurrence_patch"))]
    pub recurrence: Patch<Recurrence>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::notes"))]
    pub notes: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::line"))]
    pub external_id: Patch<String>,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Task {
    pub id: TaskId,
    pub title: String,
    pub due_at: Option<DateTime<Utc>>,
    pub assignee: Option<StaffRef>,
    pub priority: Priority,
    pub status: TaskStatus,
    /// Since when it is done or cancelled.
    pub done_at: Option<DateTime<Utc>>,
    /// Whom it is about; of one about a case the case's client.
    pub client: Option<ClientRef>,
    pub case: Option<CaseRef>,
    pub recurrence: Option<Recurrence>,
    /// The one that follows it, when it is done and comes again.
    pub next_id: Option<TaskId>,
    pub notes: Option<String>,
    pub external_id: Option<String>,
    /// Send it as `If-Match` with a change.
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
