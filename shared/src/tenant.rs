//! A firm as its people see it.

use crate::ids::TenantId;
use crate::locale::Locale;
use crate::permission::{Module, PermissionSet};
use serde::{Deserialize, Serialize};

/// Names under the base domain that no firm can take.
pub const RESERVED_SUBDOMAINS: [&str; 6] = ["www", "api", "admin", "app", "portal", "docs"];

/// Whether a firm may work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TenantStatus {
    Active,
    /// Reading, login and export go on; writing does not.
    Paused,
    /// Closed to all but platform staff, until it pays.
    Suspended,
    /// Closed to all but platform staff, for good.
    Cancelled,
}

/// A firm and the user's place in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TenantAccess {
    pub id: TenantId,
    pub company: String,
    pub subdomain: String,
    pub product: String,
    pub status: TenantStatus,
    /// Language in which the firm writes to people who have no account yet.
    pub locale: Locale,
    /// IANA name of the firm's time zone.
    pub time_zone: String,
    /// Key of a built-in role, or the id of one that the firm made.
    pub role: String,
    /// What the firm calls a role that it made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_name: Option<String>,
    pub modules: Vec<Module>,
    /// What the user may do, as far as the product has the module.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub permissions: PermissionSet,
    /// What files may be uploaded.
    pub uploads: UploadRules,
}

/// What files may be uploaded, so that nobody sends in vain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadRules {
    /// Largest file, in bytes.
    pub max_bytes: u64,
    /// Extensions in lower case, without dot.
    pub extensions: Vec<String>,
}

/// A firm in the list to switch to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TenantRef {
    pub id: TenantId,
    pub company: String,
    pub subdomain: String,
    pub product: String,
    pub status: TenantStatus,
    pub role: String,
}
