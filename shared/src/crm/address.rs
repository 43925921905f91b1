//! A postal address.

use crate::patch::Patch;
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

/// An address in a `PATCH`: what is left out stays (RFC 7396).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct AddressPatch {
    #[serde(deserialize_with = "rule::trimmed_patch", skip_serializing_if = "Patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::line"))]
    pub line1: Patch<String>,
    #[serde(deserialize_with = "rule::trimmed_patch", skip_serializing_if = "Patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::line"))]
    pub line2: Patch<String>,
    #[serde(deserialize_with = "rule::trimmed_patch", skip_serializing_if = "Patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::line"))]
    pub city: Patch<String>,
    #[serde(deserialize_with = "rule::trimmed_patch", skip_serializing_if = "Patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::line"))]
    pub region: Patch<String>,
    #[serde(deserialize_with = "rule::trimmed_patch", skip_serializing_if = "Patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::line"))]
    pub postal_code: Patch<String>,
    #[serde(deserialize_with = "rule::trimmed_patch", skip_serializing_if = "Patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::line"))]
    pub country: Patch<String>,
}

impl AddressPatch {
    /// Changes what it names.
    pub fn apply(self, address: &mut Address) {
        for (field, patch) in [
            (&mut address.line1, self.line1),
            (&mut address.line2, self.line2),
            (&mut address.city, self.city),
            (&mut address.region, self.region),
            (&mut address.postal_code, self.postal_code),
            (&mut address.country, self.country),
        ] {
            if let Some(value) = patch.change() {
                *field = value;
            }
        }
    }
}

impl From<Address> for AddressPatch {
    /// Names every part, so that the result is this address whatever was there.
    fn from(address: Address) -> Self {
        Self {
            line1: address.line1.into(),
            line2: address.line2.into(),
            city: address.city.into(),
            region: address.region.into(),
            postal_code: address.postal_code.into(),
            country: address.country.into(),
        }
    }
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
