//! What was deleted, for those who keep a copy of the firm's records.

use crate::record::RecordType;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A record that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deletion {
    #[serde(rename = "type")]
    pub kind: RecordType,
    /// The id that it had.
    pub id: Uuid,
    pub at: DateTime<Utc>,
    /// The record that it was merged into, when that is how it went.
    pub merged_into: Option<Uuid>,
}
