//! Units of the firm.

use crate::ids::DepartmentId;
use crate::patch::Patch;
use crate::validation as rule;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_with_macros::apply;
use validator::Validate;

/// `POST /api/departments`
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<String> => #[serde(deserialize_with = "rule::trimmed_option")],
    String => #[serde(deserialize_with = "rule::trimmed")],
)]
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateDepartment {
    /// Unique in the firm, whatever case and accents.
    #[validate(custom(function = "rule::name"))]
    pub name: String,
    /// Short, unique in the firm.
    #[validate(custom(function = "rule::code"))]
    pub code: String,
    /// `#rrggbb`
    #[validate(custom(function = "rule::color"))]
    pub color: Option<String>,
    /// Name of an icon.
    #[validate(custom(function = "rule::line"))]
    pub icon: Option<String>,
    pub is_active: Option<bool>,
    /// Place in lists, from 0.
    #[validate(range(min = 0, max = 10_000, code = "out_of_range"))]
    pub order: Option<i32>,
}

/// `PATCH /api/departments/{id}`
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
pub struct UpdateDepartment {
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "rule::name_patch"))]
    pub name: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "rule::code_patch"))]
    pub code: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::color"))]
    pub color: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::line"))]
    pub icon: Patch<String>,
    pub is_active: Option<bool>,
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
