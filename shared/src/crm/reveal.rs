//! Asking for a masked field whole.

use super::contact::ContactSecret;
use super::corporation::CorporationSecret;
use crate::validation as rule;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// `POST /api/contacts/{id}/reveal`
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RevealContact {
    pub field: ContactSecret,
    /// What for; stands in the audit log.
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::required_line"))]
    pub reason: String,
}

/// The whole value of a masked field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Revealed {
    /// None when the field is empty.
    pub value: Option<String>,
}

/// `POST /api/corporations/{id}/reveal`
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RevealCorporation {
    pub field: CorporationSecret,
    /// What for; stands in the audit log.
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::required_line"))]
    pub reason: String,
}
