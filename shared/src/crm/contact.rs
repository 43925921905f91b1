//! People.

use crate::crm::address::{Address, AddressPatch};
use crate::crm::department::DepartmentRef;
use crate::crm::link::ContactLink;
use crate::crm::staff::StaffRef;
use crate::crm::tag::{TagRef, some_tag_ids};
use crate::ids::{ContactId, CorporationId, DepartmentId, TagId, UserId};
use crate::locale::{Locale, Text};
use crate::patch::Patch;
use crate::texts::statuses as s;
use crate::validation as rule;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_with_macros::apply;
use validator::{Validate, ValidationError};

/// Most corporations that one person can belong to.
pub const MAX_CORPORATIONS: usize = 200;

/// Whether the firm works for the person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ContactStatus {
    #[default]
    Active,
    Inactive,
    Prospect,
}

impl ContactStatus {
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
            Self::Active => s::ACTIVE,
            Self::Inactive => s::INACTIVE,
            Self::Prospect => s::PROSPECT,
        }
    }
}

/// A day from 1900 to tomorrow: somewhere it is tomorrow already.
pub fn past_date(date: &NaiveDate) -> Result<(), ValidationError> {
    let tomorrow = Utc::now().date_naive().succ_opt().unwrap_or(NaiveDate::MAX);
    if *date > tomorrow {
        return Err(ValidationError::new("future_date"));
    }
    if *date < NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or(NaiveDate::MIN) {
        return Err(ValidationError::new("out_of_range"));
    }
    Ok(())
}

/// [`past_date`] in a `PATCH`.
pub fn past_date_patch(date: &Patch<NaiveDate>) -> Result<(), ValidationError> {
    date.value().map_or(Ok(()), past_date)
}

/// An address in a `PATCH` keeps the address rules.
pub fn address_patch(address: &Patch<AddressPatch>) -> Result<(), ValidationError> {
    match address.value().map(Validate::validate) {
        Some(Err(_)) => Err(ValidationError::new("invalid_address")),
        _ => Ok(()),
    }
}

#[expect(clippy::ptr_arg, reason = "validator hands over the field itself")]
fn some_corporation_ids(ids: &Vec<CorporationId>) -> Result<(), ValidationError> {
    if ids.len() > MAX_CORPORATIONS {
        let mut error = ValidationError::new("too_many");
        error.add_param("max".into(), &MAX_CORPORATIONS);
        return Err(error);
    }
    Ok(())
}

/// `POST /api/contacts`
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<String> => #[serde(deserialize_with = "rule::trimmed_option")],
    String => #[serde(deserialize_with = "rule::trimmed")],
)]
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateContact {
    #[validate(custom(function = "rule::name"))]
    pub first_name: String,
    /// One or two surnames.
    #[validate(custom(function = "rule::name"))]
    pub last_name: String,
    #[validate(custom(function = "rule::email"))]
    pub email: Option<String>,
    /// As people write it; numbers without `+` are of the firm's country.
    #[validate(custom(function = "rule::phone"))]
    pub phone: Option<String>,
    #[serde(default)]
    pub status: ContactStatus,
    #[validate(custom(function = "past_date"))]
    pub client_since: Option<NaiveDate>,
    /// Needed as soon as there is any corporation.
    pub primary_corporation_id: Option<CorporationId>,
    /// All corporations or the further ones: the primary is added when it is missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(custom(function = "some_corporation_ids"))]
    pub corporation_ids: Vec<CorporationId>,
    pub department_id: Option<DepartmentId>,
    pub owner_id: Option<UserId>,
    #[validate(nested)]
    pub address: Option<Address>,
    #[validate(custom(function = "past_date"))]
    pub date_of_birth: Option<NaiveDate>,
    /// SSN or ITIN, with or without dashes.
    #[validate(custom(function = "rule::ssn"))]
    pub ssn: Option<String>,
    pub preferred_language: Option<Locale>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(custom(function = "some_tag_ids"))]
    pub tag_ids: Vec<TagId>,
    #[validate(custom(function = "rule::notes"))]
    pub notes: Option<String>,
    /// The record's id in another system. Unique in the firm.
    #[validate(custom(function = "rule::line"))]
    pub external_id: Option<String>,
    /// Create even when somebody much alike exists.
    #[serde(default)]
    pub allow_duplicate: bool,
}

/// `PATCH /api/contacts/{id}`
///
/// `corporation_ids` replaces the whole set. Whoever drops the primary corporation and
/// keeps others names the next primary in the same request, else 409 `primary_required`.
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
pub struct UpdateContact {
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "rule::name_patch"))]
    pub first_name: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "rule::name_patch"))]
    pub last_name: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::email"))]
    pub email: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::phone"))]
    pub phone: Patch<String>,
    pub status: Option<ContactStatus>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<NaiveDate>))]
    #[validate(custom(function = "past_date_patch"))]
    pub client_since: Patch<NaiveDate>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<CorporationId>))]
    pub primary_corporation_id: Patch<CorporationId>,
    #[validate(custom(function = "some_corporation_ids"))]
    pub corporation_ids: Option<Vec<CorporationId>>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<DepartmentId>))]
    pub department_id: Patch<DepartmentId>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<UserId>))]
    pub owner_id: Patch<UserId>,
    /// Parts that are left out stay; null clears the whole address.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<AddressPatch>))]
    #[validate(custom(function = "address_patch"))]
    pub address: Patch<AddressPatch>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<NaiveDate>))]
    #[validate(custom(function = "past_date_patch"))]
    pub date_of_birth: Patch<NaiveDate>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::ssn"))]
    pub ssn: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Locale>))]
    pub preferred_language: Patch<Locale>,
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

/// A corporation of a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactCorporation {
    pub id: CorporationId,
    pub name: String,
    pub is_primary: bool,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contact {
    pub id: ContactId,
    pub first_name: String,
    pub last_name: String,
    pub email: Option<String>,
    /// E.164
    pub phone: Option<String>,
    /// The phone as people write it.
    pub phone_display: Option<String>,
    pub status: ContactStatus,
    pub client_since: Option<NaiveDate>,
    pub primary_corporation_id: Option<CorporationId>,
    /// Those that go on: the primary one first, then by name.
    pub corporations: Vec<ContactLink>,
    /// Those whose last day has passed, the latest first.
    pub former_corporations: Vec<ContactLink>,
    pub department: Option<DepartmentRef>,
    pub owner: Option<StaffRef>,
    pub address: Address,
    /// Masked: whether it is known, not what it is.
    pub date_of_birth: Option<String>,
    /// Masked: `***-**-6789`.
    pub ssn: Option<String>,
    pub preferred_language: Option<Locale>,
    /// By name.
    pub tags: Vec<TagRef>,
    pub notes: Option<String>,
    pub external_id: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A person in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactSummary {
    pub id: ContactId,
    pub first_name: String,
    pub last_name: String,
    pub email: Option<String>,
    /// E.164
    pub phone: Option<String>,
    pub phone_display: Option<String>,
    pub status: ContactStatus,
    pub client_since: Option<NaiveDate>,
    pub primary_corporation_id: Option<CorporationId>,
    /// The primary one first, then by name.
    pub corporations: Vec<ContactCorporation>,
    pub department_id: Option<DepartmentId>,
    pub owner_id: Option<UserId>,
    pub city: Option<String>,
    /// State or province.
    pub region: Option<String>,
    /// By name.
    pub tags: Vec<TagRef>,
    /// Masked: `***-**-6789`.
    pub ssn: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A person as another record names them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContactRef {
    pub id: ContactId,
    pub first_name: String,
    pub last_name: String,
}

/// Why two people look like one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DuplicateReason {
    /// The same tax number.
    Ssn,
    /// The same name and the same email.
    NameAndEmail,
    /// The same name and the same phone.
    NameAndPhone,
    /// The same name, and nothing that tells them apart.
    Name,
}

/// Somebody much like the contact to be created.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DuplicateMatch {
    pub id: ContactId,
    pub first_name: String,
    pub last_name: String,
    pub email: Option<String>,
    pub phone_display: Option<String>,
    pub reason: DuplicateReason,
}

/// Fields that can be revealed one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ContactSecret {
    Ssn,
    DateOfBirth,
}

impl ContactSecret {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ssn => "ssn",
            Self::DateOfBirth => "date_of_birth",
        }
    }
}
