//! One's own name, language and email.

use crate::locale::Locale;
use crate::patch::Patch;
use crate::validation as rule;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// `PATCH /api/auth/me`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateProfile {
    #[serde(
        default,
        deserialize_with = "rule::trimmed_patch",
        skip_serializing_if = "Patch::is_absent"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "rule::name_patch"))]
    pub full_name: Patch<String>,
    /// The language of mails, and of the app where nobody chose another.
    #[serde(default, deserialize_with = "rule::not_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Locale, required = false))]
    pub locale: Option<Locale>,
}

/// `POST /api/auth/email/change`
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeEmailRequest {
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::email"))]
    pub new_email: String,
    #[validate(custom(function = "rule::secret"))]
    pub password: String,
}

/// `POST /api/auth/email/confirm`
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmEmailRequest {
    /// What stands behind the `#` of the link in the mail.
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::required_line"))]
    pub token: String,
}
