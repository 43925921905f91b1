//! The sessions of a user, as they see them.

use crate::ids::SessionId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A session that is open: a login of the user in one browser or program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionInfo {
    pub id: SessionId,
    /// When the user logged in.
    pub created_at: DateTime<Utc>,
    /// The last request of the user, to about fifteen seconds.
    pub last_active_at: DateTime<Utc>,
    /// The address that the user logged in from.
    pub ip: String,
    /// What the browser or program called itself at the login, at most 200 characters.
    pub user_agent: String,
    /// `Firefox`, `curl`; absent when the user agent names none that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub browser: Option<String>,
    /// `Windows`, `iOS`; absent when the user agent names none that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// The session that asks.
    pub is_current: bool,
}
