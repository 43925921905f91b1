//! Cases: what is done for a client about a tax year or a part of it.

pub mod checklist;
pub mod deadline;
mod holidays;
mod kind;
mod status;
mod words;

pub use checklist::{ChecklistItem, CreateChecklistItem, UpdateChecklistItem};
pub use kind::{CaseType, TaxPeriod};
pub use status::CaseStatus;
pub use words::title;

use crate::crm::client::ClientRef;
use crate::crm::department::DepartmentRef;
use crate::crm::priority::Priority;
use crate::crm::staff::StaffRef;
use crate::ids::{CaseId, ContactId, CorporationId, DepartmentId, UserId};
use crate::money::Money;
use crate::patch::Patch;
use crate::validation as rule;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_with_macros::apply;
use validator::{Validate, ValidationError};

const fn whole_year() -> TaxPeriod {
    TaxPeriod::Year
}

const fn intake() -> CaseStatus {
    CaseStatus::Intake
}

fn money_patch(fee: &Patch<Money>) -> Result<(), ValidationError> {
    match fee.value().map(Validate::validate) {
        Some(Err(_)) => Err(ValidationError::new("invalid_money")),
        _ => Ok(()),
    }
}

/// `POST /api/cases`. Exactly one client is named.
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<String> => #[serde(deserialize_with = "rule::trimmed_option")],
)]
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateCase {
    pub contact_id: Option<ContactId>,
    pub corporation_id: Option<CorporationId>,
    /// The other person of a joint return; beside `contact_id` only.
    pub joint_contact_id: Option<ContactId>,
    #[serde(rename = "type")]
    pub kind: CaseType,
    /// The year in which the tax year begins: from 1913 to next year.
    #[cfg_attr(feature = "openapi", schema(example = 2024))]
    pub tax_year: i32,
    /// One that the type is filed for.
    #[serde(default = "whole_year")]
    pub period: TaxPeriod,
    #[serde(default = "intake")]
    pub status: CaseStatus,
    /// Without it the day that follows from type, year, period and the client's fiscal year.
    #[validate(custom(function = "rule::day"))]
    pub due_on: Option<NaiveDate>,
    /// More time was asked for.
    #[serde(default)]
    pub is_extended: bool,
    pub assignee_id: Option<UserId>,
    pub department_id: Option<DepartmentId>,
    #[serde(default = "Priority::usual")]
    pub priority: Priority,
    #[validate(nested)]
    pub fee: Option<Money>,
    #[validate(custom(function = "rule::notes"))]
    pub notes: Option<String>,
    /// The record's id in another system. Unique in the firm.
    #[validate(custom(function = "rule::line"))]
    pub external_id: Option<String>,
}

/// `PATCH /api/cases/{id}`
///
/// A day in `due_on` stays whatever changes; null brings back the one that follows from the
/// rules, and it follows them from then on.
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, deserialize_with = "rule::not_null")]
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))],
    Patch => #[serde(default, skip_serializing_if = "Patch::is_absent")],
    Patch<String> => #[serde(deserialize_with = "rule::trimmed_patch")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))],
)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateCase {
    /// Naming one kind of client drops the other.
    pub contact_id: Option<ContactId>,
    pub corporation_id: Option<CorporationId>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<ContactId>))]
    pub joint_contact_id: Patch<ContactId>,
    #[serde(rename = "type")]
    pub kind: Option<CaseType>,
    pub tax_year: Option<i32>,
    pub period: Option<TaxPeriod>,
    /// One that may follow, else 409 `transition_not_allowed`.
    pub status: Option<CaseStatus>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<NaiveDate>))]
    #[validate(custom(function = "rule::day"))]
    pub due_on: Patch<NaiveDate>,
    pub is_extended: Option<bool>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<UserId>))]
    pub assignee_id: Patch<UserId>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<DepartmentId>))]
    pub department_id: Patch<DepartmentId>,
    pub priority: Option<Priority>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Money>))]
    #[validate(custom(function = "money_patch"))]
    pub fee: Patch<Money>,
    #[validate(custom(function = "rule::notes"))]
    pub notes: Patch<String>,
    #[validate(custom(function = "rule::line"))]
    pub external_id: Patch<String>,
}

/// A case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Case {
    pub id: CaseId,
    pub client: ClientRef,
    pub joint_contact: Option<ClientRef>,
    #[serde(rename = "type")]
    pub kind: CaseType,
    pub tax_year: i32,
    pub period: TaxPeriod,
    pub status: CaseStatus,
    /// Of a closed one: what it was, and is when it is reopened.
    pub closed_from: Option<CaseStatus>,
    /// Since when it has its status.
    pub status_since: DateTime<Utc>,
    pub due_on: Option<NaiveDate>,
    /// Somebody set the day by hand; else it follows from the rules.
    pub due_is_set: bool,
    pub is_extended: bool,
    pub assignee: Option<StaffRef>,
    pub department: Option<DepartmentRef>,
    pub priority: Priority,
    pub fee: Option<Money>,
    /// In its order.
    pub checklist: Vec<ChecklistItem>,
    pub notes: Option<String>,
    pub external_id: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A case in a list or on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseSummary {
    pub id: CaseId,
    pub client: ClientRef,
    pub joint_contact: Option<ClientRef>,
    #[serde(rename = "type")]
    pub kind: CaseType,
    pub tax_year: i32,
    pub period: TaxPeriod,
    pub status: CaseStatus,
    pub closed_from: Option<CaseStatus>,
    pub status_since: DateTime<Utc>,
    pub due_on: Option<NaiveDate>,
    pub is_extended: bool,
    pub assignee: Option<StaffRef>,
    pub department_id: Option<DepartmentId>,
    pub priority: Priority,
    pub fee: Option<Money>,
    /// How many things of the checklist are done.
    pub checklist_done: u32,
    pub checklist_total: u32,
    /// Send it as `If-Match` with a change of the status.
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A case as what belongs to it names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseRef {
    pub id: CaseId,
    #[serde(rename = "type")]
    pub kind: CaseType,
    pub tax_year: i32,
    pub period: TaxPeriod,
}

/// The cases of one status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoardColumn {
    pub status: CaseStatus,
    /// How many there are.
    pub total: u64,
    /// The most pressing ones: by due day, then by priority. Of accepted and closed ones the
    /// latest.
    pub items: Vec<CaseSummary>,
}

/// `GET /api/cases/board`: a column for each status, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Board {
    pub columns: Vec<BoardColumn>,
}
