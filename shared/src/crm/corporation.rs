//! Companies.

use crate::crm::address::{Address, AddressPatch};
use crate::crm::contact::ContactStatus;
use crate::crm::link::LinkRole;
use crate::crm::tag::{TagRef, some_tag_ids};
use crate::ids::{ContactId, CorporationId, TagId};
use crate::locale::Text;
use crate::patch::Patch;
use crate::texts::{corporation_types as k, statuses as s};
use crate::validation as rule;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_with_macros::apply;
use validator::{Validate, ValidationError};

/// Legal form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CorporationType {
    Llc,
    CCorp,
    SCorp,
    Partnership,
    SoleProprietor,
    NonProfit,
}

impl CorporationType {
    pub const ALL: [Self; 6] = [
        Self::Llc,
        Self::CCorp,
        Self::SCorp,
        Self::Partnership,
        Self::SoleProprietor,
        Self::NonProfit,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Llc => "llc",
            Self::CCorp => "c_corp",
            Self::SCorp => "s_corp",
            Self::Partnership => "partnership",
            Self::SoleProprietor => "sole_proprietor",
            Self::NonProfit => "non_profit",
        }
    }

    /// Its name.
    pub const fn text(self) -> Text {
        match self {
            Self::Llc => k::LLC,
            Self::CCorp => k::C_CORP,
            Self::SCorp => k::S_CORP,
            Self::Partnership => k::PARTNERSHIP,
            Self::SoleProprietor => k::SOLE_PROPRIETOR,
            Self::NonProfit => k::NON_PROFIT,
        }
    }
}

/// Whether the firm works for the company.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CorporationStatus {
    #[default]
    Active,
    Inactive,
    Prospect,
}

impl CorporationStatus {
    pub const ALL: [Self; 3] = [Self::Active, Self::Inactive, Self::Prospect];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Prospect => "prospect",
        }
    }

    /// Its name.
    pub const fn text(self) -> Text {
        match self {
            Self::Active => s::ACTIVE_CORPORATION,
            Self::Inactive => s::INACTIVE_CORPORATION,
            Self::Prospect => s::PROSPECT,
        }
    }
}

/// Last day of a fiscal year, written `MM-DD`. February 29 is not a fiscal year end that
/// exists every year, so `02-28` stands for the last of February.
pub fn month_and_day(value: &impl rule::TextField) -> Result<(), ValidationError> {
    const DAYS: [u8; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let Some(text) = value.text() else { return Ok(()) };
    let two = |part: &str| -> Option<u8> {
        (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse().ok())
            .flatten()
    };
    let valid = text.split_once('-').and_then(|(month, day)| {
        let (month, day) = (two(month)?, two(day)?);
        let last = *DAYS.get(usize::from(month).checked_sub(1)?)?;
        Some(day >= 1 && day <= last)
    });
    if valid == Some(true) { Ok(()) } else { Err(ValidationError::new("invalid_fiscal_year_end")) }
}

/// `POST /api/corporations`
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<String> => #[serde(deserialize_with = "rule::trimmed_option")],
)]
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateCorporation {
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::name"))]
    pub name: String,
    #[validate(custom(function = "rule::line"))]
    pub legal_name: Option<String>,
    /// Nine digits, with or without the dash. Unique in the firm.
    #[validate(custom(function = "rule::ein"))]
    pub ein: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<CorporationType>,
    #[serde(default)]
    pub status: CorporationStatus,
    #[validate(custom(function = "rule::line"))]
    pub industry: Option<String>,
    /// `MM-DD`
    #[validate(custom(function = "month_and_day"))]
    pub fiscal_year_end: Option<String>,
    #[validate(nested)]
    pub address: Option<Address>,
    #[validate(custom(function = "rule::phone"))]
    pub phone: Option<String>,
    #[validate(custom(function = "rule::email"))]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(custom(function = "some_tag_ids"))]
    pub tag_ids: Vec<TagId>,
    #[validate(custom(function = "rule::notes"))]
    pub notes: Option<String>,
    /// The record's id in another system. Unique in the firm.
    #[validate(custom(function = "rule::line"))]
    pub external_id: Option<String>,
}

/// `PATCH /api/corporations/{id}`
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, deserialize_with = "rule::not_null")]
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))],
    Patch => #[serde(default, skip_serializing_if = "Patch::is_absent")],
    Patch<String> => #[serde(deserialize_with = "rule::trimmed_patch")],
)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateCorporation {
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "rule::name_patch"))]
    pub name: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::line"))]
    pub legal_name: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::ein"))]
    pub ein: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<CorporationType>))]
    #[serde(rename = "type")]
    pub kind: Patch<CorporationType>,
    pub status: Option<CorporationStatus>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::line"))]
    pub industry: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "month_and_day"))]
    pub fiscal_year_end: Patch<String>,
    /// Parts that are left out stay; null clears the whole address.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<AddressPatch>))]
    #[validate(custom(function = "crate::crm::contact::address_patch"))]
    pub address: Patch<AddressPatch>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::phone"))]
    pub phone: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::email"))]
    pub email: Patch<String>,
    /// Replaces the whole set.
    #[validate(custom(function = "some_tag_ids"))]
    pub tag_ids: Option<Vec<TagId>>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::notes"))]
    pub notes: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::line"))]
    pub external_id: Patch<String>,
}

/// A company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Corporation {
    pub id: CorporationId,
    pub name: String,
    pub legal_name: Option<String>,
    /// Masked: `**-***6789`.
    pub ein: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<CorporationType>,
    pub status: CorporationStatus,
    pub industry: Option<String>,
    /// `MM-DD`
    pub fiscal_year_end: Option<String>,
    pub address: Address,
    /// E.164
    pub phone: Option<String>,
    /// The phone as people write it.
    pub phone_display: Option<String>,
    pub email: Option<String>,
    /// By name.
    pub tags: Vec<TagRef>,
    pub notes: Option<String>,
    pub external_id: Option<String>,
    /// How many people belong to it.
    pub contact_count: u64,
    /// How many belonged to it once.
    pub former_contact_count: u64,
    /// For how many of its people it is the primary one.
    pub primary_contact_count: u64,
    /// The largest sum of what owners and parents hold on one day, in hundredths of a
    /// percent. More than 10000 cannot be true; it is shown, not refused, since facts are
    /// entered one by one.
    pub owned: u32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A company in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CorporationSummary {
    pub id: CorporationId,
    pub name: String,
    pub legal_name: Option<String>,
    /// Masked: `**-***6789`.
    pub ein: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<CorporationType>,
    pub status: CorporationStatus,
    pub phone: Option<String>,
    pub phone_display: Option<String>,
    pub email: Option<String>,
    pub industry: Option<String>,
    pub city: Option<String>,
    /// State or province.
    pub region: Option<String>,
    /// By name.
    pub tags: Vec<TagRef>,
    pub contact_count: u64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// `GET /api/corporations/{id}/contacts`: a person of the company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CorporationContact {
    pub id: ContactId,
    pub first_name: String,
    pub last_name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub phone_display: Option<String>,
    pub status: ContactStatus,
    /// Whether the company is the person's primary one.
    pub is_primary: bool,
    /// What the person is to the company.
    pub role: Option<LinkRole>,
    /// Hundredths of a percent: 5000 is one half.
    pub share: Option<u16>,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day; none while it goes on.
    pub to: Option<NaiveDate>,
}

/// A company as another record names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CorporationRef {
    pub id: CorporationId,
    pub name: String,
}

/// Fields that can be revealed one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CorporationSecret {
    Ein,
}

impl CorporationSecret {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ein => "ein",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_end_a_year_every_year_pass() {
        for good in ["12-31", "06-30", "02-28"] {
            assert!(month_and_day(&good).is_ok(), "{good}");
        }
        for bad in ["02-29", "13-01", "00-10", "6-30", "0630", "04-31", "12-00", "é-30"] {
            assert!(month_and_day(&bad).is_err(), "{bad}");
        }
    }
}
