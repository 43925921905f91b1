//! Ids that records have in another system.

use crate::error::ApiError;
use ebenezer_shared::problem::ProblemCode;
use sea_orm::{DbErr, SqlErr};

/// Why a row was not written whose id of another system is unique in the firm: another one has
/// it, or what it refers to went in the same moment.
pub fn refused(error: DbErr) -> ApiError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => {
            ApiError::field(ProblemCode::Duplicate, "external_id", "taken")
        }
        Some(SqlErr::ForeignKeyConstraintViolation(_)) => ProblemCode::StateConflict.into(),
        _ => error.into(),
    }
}
