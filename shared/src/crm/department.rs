//! Units of the firm.

use crate::ids::DepartmentId;
use crate::patch::Patch;
use crate::validation as rule;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// `POST /api/departments`
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateDepartment {
    /// Unique in the firm, whatever case and accents.
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::name"))]
    pub name: String,
    /// Short, unique in the firm.
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::code"))]
    pub code: String,
    /// `#rrggbb`
    #[serde(
        default,
        deserialize_with = "rule::trimmed_option",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(custom(function = "rule::color"))]
    pub color: Option<String>,
    /// Name of an icon.
    #[serde(
        default,
        deserialize_with = "rule::trimmed_option",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(custom(function = "rule::line"))]
    pub icon: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_active: Option<bool>,
    /// Place in lists, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(range(min = 0, max = 10_000, code = "out_of_range"))]
    pub order: Option<i32>,
}

/// `PATCH /api/departments/{id}`
#[derive(Clone, Debug, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateDepartment {
    #[serde(
        default,
        deserialize_with = "rule::trimmed_patch",
        skip_serializing_if = "Patch::is_absent"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "rule::name_patch"))]
    pub name: Patch<String>,
    #[serde(
        default,
        deserialize_with = "rule::trimmed_patch",
        skip_serializing_if = "Patch::is_absent"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "rule::code_patch"))]
    pub code: Patch<String>,
    #[serde(
        default,
        deserialize_with = "rule::trimmed_patch",
        skip_serializing_if = "Patch::is_absent"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::color"))]
    pub color: Patch<String>,
    #[serde(
        default,
        deserialize_with = "rule::trimmed_patch",
        skip_serializing_if = "Patch::is_absent"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::line"))]
    pub icon: Patch<String>,
    #[serde(default, deserialize_with = "rule::not_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = bool, required = false))]
    pub is_active: Option<bool>,
    #[serde(default, deserialize_with = "rule::not_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = i32, required = false))]
    #[validate(range(min = 0, max = 10_000, code = "out_of_range"))]
    pub order: Option<i32>,
}

/// A unit of the firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Department {
    pub id: DepartmentId,
    pub name: String,
    pub code: String,
    pub color: String,
    pub icon: Option<String>,
    pub is_active: bool,
    pub order: i32,
    /// How many contacts belong to it.
    pub contact_count: u64,
    /// How many of the team belong to it.
    pub member_count: u64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A department as records name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DepartmentRef {
    pub id: DepartmentId,
    pub name: String,
    pub color: String,
}
