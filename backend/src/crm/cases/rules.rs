//! What a case must be.

use super::entity::Model;
use crate::error::ApiError;
use chrono::NaiveDate;
use ebenezer_shared::crm::case::deadline::tax_years;
use ebenezer_shared::crm::case::{CaseStatus, CaseType, TaxPeriod};
use ebenezer_shared::crm::priority::Priority;
use ebenezer_shared::problem::ProblemCode;

/// The type that is stored.
pub fn kind(row: &Model) -> CaseType {
    row.kind.parse().unwrap_or(CaseType::Other)
}

pub fn period(row: &Model) -> TaxPeriod {
    row.period.parse().unwrap_or(TaxPeriod::Year)
}

pub fn status(row: &Model) -> CaseStatus {
    row.status.parse().unwrap_or(CaseStatus::Intake)
}

pub fn priority(row: &Model) -> Priority {
    row.priority.parse().unwrap_or(Priority::Normal)
}

pub fn closed_from(row: &Model) -> Option<CaseStatus> {
    row.closed_from.as_ref()?.parse().ok()
}

/// 422 for a year that nobody files for, a period that the type is not filed for, or two who
/// are one.
pub fn check(row: &Model, today: NaiveDate) -> Result<(), ApiError> {
    if !tax_years(today).contains(&row.tax_year) {
        return Err(ApiError::invalid("tax_year", "out_of_range"));
    }
    if !kind(row).takes(period(row)) {
        return Err(ApiError::invalid("period", "period_of_type"));
    }
    match (row.contact_id, row.joint_contact_id) {
        (None, Some(_)) => Err(ApiError::invalid("joint_contact_id", "joint_needs_person")),
        (Some(one), Some(other)) if one == other => {
            Err(ApiError::invalid("joint_contact_id", "itself"))
        }
        _ => Ok(()),
    }
}

/// Moves the case to a status that may follow; 409 for another one.
pub fn advance(
    row: &mut Model,
    next: CaseStatus,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), ApiError> {
    let here = status(row);
    if here == next {
        return Ok(());
    }
    if !here.may_become(next, closed_from(row)) {
        return Err(ProblemCode::TransitionNotAllowed.into());
    }
    row.closed_from = (next == CaseStatus::Closed).then(|| here.as_str().to_owned());
    set_status(row, next);
    row.status_since = now;
    Ok(())
}

pub fn set_status(row: &mut Model, status: CaseStatus) {
    status.as_str().clone_into(&mut row.status);
    row.status_rank = status as i32;
}

pub fn set_priority(row: &mut Model, priority: Priority) {
    priority.as_str().clone_into(&mut row.priority);
    row.priority_rank = priority.rank();
}
