//! A postal address.

use crate::validation as rule;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// A postal address; every part may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Address {
    /// Street and number.
    #[serde(deserialize_with = "rule::trimmed_option", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rule::line"))]
    pub line1: Option<String>,
    /// Flat, floor, office.
    #[serde(deserialize_with = "rule::trimmed_option", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rule::line"))]
    pub line2: Option<String>,
    #[serde(deserialize_with = "rule::trimmed_option", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rule::line"))]
    pub city: Option<String>,
    /// State, province, department.
    #[serde(deserialize_with = "rule::trimmed_option", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rule::line"))]
    pub region: Option<String>,
    #[serde(deserialize_with = "rule::trimmed_option", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rule::line"))]
    pub postal_code: Option<String>,
    #[serde(deserialize_with = "rule::trimmed_option", skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rule::line"))]
    pub country: Option<String>,
}

impl Address {
    /// Whether nothing of it is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The parts in the order in which they are read, for one line.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        [&self.line1, &self.line2, &self.city, &self.region, &self.postal_code, &self.country]
            .into_iter()
            .filter_map(Option::as_deref)
    }
}
