//! Live events: something of the firm changed.

use crate::ids::UserId;
use crate::record::RecordType;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A record changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Change {
    /// Of the event: one that comes twice has the same.
    pub id: Uuid,
    pub subject: RecordType,
    /// The record's id.
    pub record: Uuid,
    /// `create`, `update`, `delete`, ...
    pub verb: String,
    /// Who did it.
    pub by: Option<UserId>,
    pub by_name: String,
}
