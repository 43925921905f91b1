//! The second factor: codes of an authenticator app (RFC 6238), and recovery codes for who
//! lost the phone. Nothing here prints itself: it opens accounts.

use crate::validation as rule;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// How many recovery codes there are in a set.
pub const RECOVERY_CODES: usize = 10;

/// `GET /api/auth/2fa`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TwoFactorState {
    pub enabled: bool,
    /// The platform, or the firm of the session, asks for it.
    pub required: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled_at: Option<DateTime<Utc>>,
    /// Recovery codes that were not used yet.
    pub recovery_codes_left: u64,
}

/// `POST /api/auth/2fa/setup`
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetupTwoFactor {
    #[validate(custom(function = "rule::secret"))]
    pub password: String,
}

/// What an authenticator app has to know. It is shown once; the second factor is asked for
/// only after a code has proved that the app knows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TwoFactorSetup {
    /// Base32 (RFC 4648), to be typed.
    pub secret: String,
    /// The same with issuer and account, for a link.
    pub otpauth_url: String,
    /// The link as a QR code to scan: a whole SVG document, black on white.
    pub qr_svg: String,
}

/// `POST /api/auth/2fa/enable`
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EnableTwoFactor {
    /// What the app shows now.
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::required_line"))]
    pub code: String,
}

/// `POST /api/auth/2fa/disable` and `POST /api/auth/2fa/recovery-codes`
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProveTwoFactor {
    #[validate(custom(function = "rule::secret"))]
    pub password: String,
    /// What the app shows now, or a recovery code.
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::required_line"))]
    pub code: String,
}

/// A new set of recovery codes, which is never shown again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    /// Each is good for one login in place of a code of the app.
    pub codes: Vec<String>,
}
