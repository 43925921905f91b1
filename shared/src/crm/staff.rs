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
