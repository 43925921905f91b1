//! The firm's audit log as people read it.

pub mod words;

use crate::ids::UserId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// Something that somebody did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    /// Who; absent when it is not known, as of a failed login.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor_id: Option<UserId>,
    /// Their name at that time.
    pub actor_name: String,
    /// `contact.update`, `login`, ...
    pub action: String,
    /// `contact`, `corporation`, `account`, ...
    pub resource_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_id: Option<Uuid>,
    /// What it is called now, or was when it went; not part of the entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_name: Option<String>,
    /// By field: `{ "before": ..., "after": ... }`, or further facts as they are. Personal
    /// numbers are masked.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub changes: Map<String, Value>,
    /// The address that the request came from.
    pub ip: String,
    pub request_id: String,
    /// The place in the firm's chain; absent for a moment after it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<i64>,
}

impl AuditEntry {
    /// What stood in a field before and after, as far as the change tells.
    pub fn before_and_after(change: &Value) -> Option<(&Value, &Value)> {
        let change = change.as_object()?;
        let is_pair = change.len() == 2;
        change.get("before").zip(change.get("after")).filter(|_| is_pair)
    }
}
