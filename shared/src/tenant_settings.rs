//! What a firm says of itself and decides for its people.

use crate::ids::TenantId;
use crate::locale::Locale;
use crate::patch::Patch;
use crate::tenant::TenantStatus;
use crate::validation as rule;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_with_macros::apply;
use validator::Validate;

/// `GET /api/tenant`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TenantSettings {
    pub id: TenantId,
    pub company: String,
    pub subdomain: String,
    /// Key of the product.
    pub product: String,
    pub status: TenantStatus,
    /// Language of mails to people who have no account yet.
    pub locale: Locale,
    /// IANA name of the time zone in which times are shown and days begin.
    pub time_zone: String,
    /// Country of phone numbers without `+`, two letters (ISO 3166-1).
    pub default_country: String,
    /// Everybody who works here needs a second factor.
    pub require_2fa: bool,
    /// Every contact needs a primary corporation.
    pub require_primary_corporation: bool,
    pub plan: TenantPlan,
    pub usage: TenantUsage,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// What the firm pays for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TenantPlan {
    /// Key of the plan.
    pub key: String,
    /// People who work here or are invited to. None: any number.
    pub max_users: Option<u64>,
    /// Requests with an API key in a month.
    pub max_api_queries: u64,
    pub max_storage_bytes: u64,
    /// None: it never ends.
    pub expires_at: Option<DateTime<Utc>>,
}

/// What the firm uses of its plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TenantUsage {
    /// People who work here.
    pub users: u64,
    /// Invitations that can still be accepted; each keeps a place.
    pub pending_invitations: u64,
    /// What the firm's files take, with all versions and what is in the trash.
    #[serde(default)]
    pub storage_bytes: u64,
}

/// `PATCH /api/tenant`
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
pub struct UpdateTenantSettings {
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "rule::name_patch"))]
    pub company: Patch<String>,
    pub locale: Option<Locale>,
    /// IANA name: `America/Bogota`.
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "rule::name_patch"))]
    pub time_zone: Patch<String>,
    /// Two letters (ISO 3166-1); null: the platform's.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::line"))]
    pub default_country: Patch<String>,
    /// Whoever switches it on needs a second factor.
    pub require_2fa: Option<bool>,
    pub require_primary_corporation: Option<bool>,
}
