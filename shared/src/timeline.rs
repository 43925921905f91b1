//! What happened to a record, in words.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimelineEntry {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    /// Who did it.
    pub actor: String,
    /// What was done: `create`, `update`, `relate`, `reveal` and the like.
    pub action: String,
    /// The whole in one sentence, in the caller's language.
    pub text: String,
    /// Where there was more than one change: each of them, in the caller's language.
    pub changes: Vec<String>,
}
