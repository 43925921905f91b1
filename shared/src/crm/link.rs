//! What a person is to a company.

use crate::crm::period::{self, Period};
use crate::ids::CorporationId;
use crate::patch::Patch;
use crate::validation as rule;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// What a person does in a company, or has of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LinkRole {
    Owner,
    Officer,
    Director,
    Employee,
    Accountant,
    /// Receives the company's legal mail, signs for it.
    Agent,
    Other,
}

impl LinkRole {
    pub const ALL: [Self; 7] = [
        Self::Owner,
        Self::Officer,
        Self::Director,
        Self::Employee,
        Self::Accountant,
        Self::Agent,
        Self::Other,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Officer => "officer",
            Self::Director => "director",
            Self::Employee => "employee",
            Self::Accountant => "accountant",
            Self::Agent => "agent",
            Self::Other => "other",
        }
    }

    /// The role of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

/// A corporation of a contact, and what the contact is to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactLink {
    pub id: CorporationId,
    pub name: String,
    pub is_primary: bool,
    pub role: Option<LinkRole>,
    /// Hundredths of a percent: 5000 is one half.
    pub share: Option<u16>,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day; none while it goes on.
    pub to: Option<NaiveDate>,
}

impl ContactLink {
    pub const fn period(&self) -> Period {
        Period { from: self.from, to: self.to }
    }
}

/// `PATCH /api/contacts/{id}/corporations/{corporation_id}`
///
/// The primary corporation goes on: whoever writes a last day for it names the next primary
/// in the same request, unless it ends by that and no other is left; else 409
/// `primary_required`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateLink {
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<LinkRole>))]
    pub role: Patch<LinkRole>,
    /// Hundredths of a percent, up to 10000.
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u16>, maximum = 10000))]
    #[validate(custom(function = "period::share_patch"))]
    pub share: Patch<u16>,
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<NaiveDate>))]
    #[validate(custom(function = "period::day_patch"))]
    pub from: Patch<NaiveDate>,
    /// A last day before today makes the corporation a former one.
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<NaiveDate>))]
    #[validate(custom(function = "period::day_patch"))]
    pub to: Patch<NaiveDate>,
    /// The contact's primary corporation from now on: one of theirs that goes on.
    #[serde(default, deserialize_with = "rule::not_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = CorporationId, required = false))]
    pub primary_corporation_id: Option<CorporationId>,
}
