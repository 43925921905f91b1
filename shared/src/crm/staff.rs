//! The firm's own people, as records name them.

use crate::ids::UserId;
use serde::{Deserialize, Serialize};

/// A colleague: owner of a contact, assignee of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffRef {
    pub id: UserId,
    pub full_name: String,
}

/// `GET /api/team`: a member of the firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamMember {
    pub id: UserId,
    pub full_name: String,
    pub email: String,
    /// False: no longer works here; kept because records name the person.
    pub active: bool,
}
