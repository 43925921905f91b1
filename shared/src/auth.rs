//! Login, registration and the session.

use crate::ids::{TenantId, UserId};
use crate::locale::Locale;
use crate::tenant::{TenantAccess, TenantRef};
use crate::validation as rule;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// The header that requests which act on the cookie must carry; a page of somebody else
/// cannot set it without our consent (CORS).
pub const CLIENT_HEADER: &str = "X-Ebenezer-Client";
/// Names another of the user's firms for one request.
pub const TENANT_HEADER: &str = "X-Organization-ID";

/// `POST /api/auth/login`
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LoginRequest {
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::required_line"))]
    pub email: String,
    #[validate(custom(function = "rule::secret"))]
    pub password: String,
    /// With a second factor: the code of the authenticator app, or a recovery code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rule::line"))]
    pub totp_code: Option<String>,
    /// Id or subdomain of the firm to enter; without it the one entered last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rule::line"))]
    pub tenant: Option<String>,
    /// False: the refresh token comes in the body and no cookie is set.
    #[serde(default = "yes")]
    pub cookie: bool,
}

const fn yes() -> bool {
    true
}

/// `POST /api/auth/register`: a user, a firm, the membership as owner.
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RegisterRequest {
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::name"))]
    pub company: String,
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::subdomain"))]
    pub subdomain: String,
    /// Key of a product.
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::line"))]
    pub product: String,
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::name"))]
    pub full_name: String,
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::email"))]
    pub email: String,
    #[validate(custom(function = "rule::password"))]
    pub password: String,
    /// False: the refresh token comes in the body and no cookie is set.
    #[serde(default = "yes")]
    pub cookie: bool,
}

/// `POST /api/auth/refresh` and `POST /api/auth/logout`: API clients name the token,
/// browsers send the cookie and an empty object.
#[derive(Clone, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RefreshRequest {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rule::line"))]
    pub refresh_token: Option<String>,
}

/// `POST /api/auth/switch`
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SwitchRequest {
    pub tenant_id: TenantId,
}

/// `POST /api/auth/password/change`
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangePasswordRequest {
    #[validate(custom(function = "rule::secret"))]
    pub current_password: String,
    #[validate(custom(function = "rule::password"))]
    pub new_password: String,
}

/// `POST /api/auth/password/forgot`
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ForgotPasswordRequest {
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::email"))]
    pub email: String,
}

/// `POST /api/auth/password/reset`
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResetPasswordRequest {
    /// What stands behind the `#` of the link in the mail.
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::required_line"))]
    pub token: String,
    #[validate(custom(function = "rule::password"))]
    pub password: String,
}

/// The person who is logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CurrentUser {
    pub id: UserId,
    pub email: String,
    pub full_name: String,
    pub locale: Locale,
    /// Runs the platform.
    pub is_staff: bool,
    /// Logs in with a second factor.
    #[serde(default)]
    pub two_factor_enabled: bool,
    /// The platform, or the firm of the session, asks for a second factor. Without one
    /// nothing but one's own account can be reached.
    #[serde(default)]
    pub two_factor_required: bool,
}

/// Answer of login, registration, refresh and switch.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionAnswer {
    /// JWT for `Authorization: Bearer`.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: String,
    /// Seconds that the access token is good for.
    pub expires_in: u64,
    /// Only when the caller asked for no cookie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    pub user: CurrentUser,
    /// The firm that the token is for; none for platform staff without membership.
    pub tenant: Option<TenantAccess>,
    /// Every firm of the user.
    pub tenants: Vec<TenantRef>,
    /// Only after a login with a recovery code: how many are left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery_codes_left: Option<u64>,
}

/// `GET /api/auth/me`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    pub user: CurrentUser,
    pub tenant: Option<TenantAccess>,
    pub tenants: Vec<TenantRef>,
}
