//! Who works at the firm, as what, and who is asked to.

pub mod access;

use crate::crm::department::DepartmentRef;
use crate::ids::{DepartmentId, InvitationId, RoleId, UserId};
use crate::locale::{Locale, Text};
use crate::patch::Patch;
use crate::permission::{Permission, PermissionSet, Role, UnknownName};
use crate::texts;
use crate::validation as rule;
use chrono::{DateTime, Utc};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_with_macros::apply;
use std::fmt;
use std::str::FromStr;
use validator::Validate;

/// A role as requests name it: a built-in one by its key, the firm's own by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoleKey {
    BuiltIn(Role),
    Own(RoleId),
}

impl fmt::Display for RoleKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn(role) => f.write_str(role.as_str()),
            Self::Own(id) => id.fmt(f),
        }
    }
}

impl FromStr for RoleKey {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse() {
            Ok(role) => Ok(Self::BuiltIn(role)),
            Err(unknown) => text.parse().map(Self::Own).map_err(|_| unknown),
        }
    }
}

impl Serialize for RoleKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RoleKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| D::Error::unknown_variant(&text, &["owner"]))
    }
}

impl Role {
    /// What people call the role.
    pub const fn label(self) -> Text {
        match self {
            Self::Owner => texts::roles::OWNER,
            Self::Admin => texts::roles::ADMIN,
            Self::Manager => texts::roles::MANAGER,
            Self::Member => texts::roles::MEMBER,
            Self::Sales => texts::roles::SALES,
            Self::Production => texts::roles::PRODUCTION,
            Self::Operator => texts::roles::OPERATOR,
            Self::Viewer => texts::roles::VIEWER,
        }
    }

    /// Whom the role is for.
    pub const fn description(self) -> Text {
        match self {
            Self::Owner => texts::role_descriptions::OWNER,
            Self::Admin => texts::role_descriptions::ADMIN,
            Self::Manager => texts::role_descriptions::MANAGER,
            Self::Member => texts::role_descriptions::MEMBER,
            Self::Sales => texts::role_descriptions::SALES,
            Self::Production => texts::role_descriptions::PRODUCTION,
            Self::Operator => texts::role_descriptions::OPERATOR,
            Self::Viewer => texts::role_descriptions::VIEWER,
        }
    }
}

/// A role as members name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleRef {
    /// Key of a built-in role, or the id of one that the firm made.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key: RoleKey,
    /// In the caller's language, or as the firm wrote it.
    pub name: String,
}

impl RoleRef {
    /// What to show: built-in roles in the reader's language.
    pub fn label(&self, locale: Locale) -> &str {
        match self.key {
            RoleKey::BuiltIn(role) => role.label().get(locale),
            RoleKey::Own(_) => &self.name,
        }
    }
}

/// `GET /api/team`: a member of the firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamMember {
    pub id: UserId,
    pub full_name: String,
    pub email: String,
    /// False: does not work here for now, and cannot enter the firm.
    pub active: bool,
    pub role: RoleRef,
    /// What the person may do beyond the role.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Permission>))]
    pub extra_permissions: PermissionSet,
    pub department: Option<DepartmentRef>,
    /// When the person last entered this firm.
    pub last_login_at: Option<DateTime<Utc>>,
    /// When the person joined.
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// `PATCH /api/team/{id}`
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, deserialize_with = "rule::not_null")]
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))],
    Patch => #[serde(default, skip_serializing_if = "Patch::is_absent")],
)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateMember {
    /// Key of a built-in role, or the id of one that the firm made.
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    pub role: Option<RoleKey>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<DepartmentId>))]
    pub department_id: Patch<DepartmentId>,
    /// The whole list.
    pub extra_permissions: Option<Vec<Permission>>,
}

/// Longest message to somebody who is invited, in characters.
pub const MESSAGE_MAX: u64 = 1_000;

/// `POST /api/team/invitations`
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<String> => #[serde(deserialize_with = "rule::trimmed_option")],
)]
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateInvitation {
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::email"))]
    pub email: String,
    /// Key of a built-in role, or the id of one that the firm made.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub role: RoleKey,
    pub department_id: Option<DepartmentId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra_permissions: Vec<Permission>,
    /// Language of the mail; the firm's when absent.
    pub locale: Option<Locale>,
    /// Some words to the person, in the mail.
    #[validate(custom(function = "rule::notes"), length(max = "MESSAGE_MAX", code = "too_long"))]
    pub message: Option<String>,
}

/// Where an invitation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InvitationStatus {
    /// The link can be followed.
    Pending,
    /// The link is too old; it can be sent anew.
    Expired,
}

/// Where a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryStatus {
    /// It will leave in a moment.
    Queued,
    /// The mail server did not take it yet; it is tried again for a day.
    Retrying,
    /// The mail server took it.
    Sent,
    /// It was given up.
    Failed,
}

/// Why a mail was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryFailure {
    /// There is no such mailbox, says its server.
    Refused,
    /// No mail server took it; who runs the platform sees why.
    Undeliverable,
}

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Delivery {
    pub status: DeliveryStatus,
    /// Of failed ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<DeliveryFailure>,
}

impl Delivery {
    /// Of a mail that was written just now.
    pub const QUEUED: Self = Self { status: DeliveryStatus::Queued, failure: None };
}

/// An offer to join the firm that nobody has taken yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invitation {
    pub id: InvitationId,
    pub email: String,
    pub status: InvitationStatus,
    pub role: RoleRef,
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Permission>))]
    pub extra_permissions: PermissionSet,
    pub department: Option<DepartmentRef>,
    pub locale: Locale,
    pub message: Option<String>,
    /// Who sent it last.
    pub invited_by: String,
    /// What became of the last mail. No part of audit entries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
    pub sent_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
}

/// `POST /api/auth/invitations/look`
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LookAtInvitation {
    /// What stands behind the `#` of the link in the mail.
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::required_line"))]
    pub token: String,
}

/// What whoever holds the link may know before accepting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationOffer {
    pub company: String,
    pub email: String,
    pub role: RoleRef,
    pub invited_by: String,
    /// The email has an account: its password is asked for, no new one.
    pub has_account: bool,
    pub expires_at: DateTime<Utc>,
}

/// `POST /api/auth/invitations/accept`
#[derive(Clone, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AcceptInvitation {
    /// What stands behind the `#` of the link in the mail.
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::required_line"))]
    pub token: String,
    /// Needed for a new account; an account that there is keeps its name.
    #[serde(
        default,
        deserialize_with = "rule::trimmed_option",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(custom(function = "rule::name"))]
    pub full_name: Option<String>,
    /// A new one for a new account; that of the account when there is one.
    #[validate(custom(function = "rule::secret"))]
    pub password: String,
    /// For accounts with a second factor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "rule::line"))]
    pub totp_code: Option<String>,
    /// False: the refresh token comes in the body and no cookie is set.
    #[serde(default = "yes")]
    pub cookie: bool,
}

const fn yes() -> bool {
    true
}

/// `POST /api/roles`
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateRole {
    /// Unique in the firm, whatever case and accents; no name of a built-in role.
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::name"))]
    pub name: String,
    #[serde(
        default,
        deserialize_with = "rule::trimmed_option",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(custom(function = "rule::line"))]
    pub description: Option<String>,
    pub permissions: Vec<Permission>,
}

/// `PATCH /api/roles/{id}`
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
pub struct UpdateRole {
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "rule::name_patch"))]
    pub name: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::line"))]
    pub description: Patch<String>,
    /// The whole list.
    pub permissions: Option<Vec<Permission>>,
}

/// A role of the firm: one that every firm has, or one that it made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamRole {
    /// Key of a built-in role, or the id of one that the firm made.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: RoleKey,
    pub name: String,
    pub description: Option<String>,
    /// Every firm has it; it cannot be changed.
    pub is_builtin: bool,
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Permission>))]
    pub permissions: PermissionSet,
    /// How many members have it, active or not.
    pub member_count: u64,
    /// How many open invitations promise it.
    pub invitation_count: u64,
    /// None of built-in roles.
    pub created_at: Option<DateTime<Utc>>,
    pub updated_at: Option<DateTime<Utc>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_named_by_key_or_id() {
        let own = "0190b2a0-0000-7000-8000-000000000000";
        for text in ["owner", own] {
            let key: RoleKey = text.parse().unwrap();
            assert_eq!(key.to_string(), text);
        }
        assert_eq!("Owner".parse::<RoleKey>(), Err(UnknownName));
        let error = serde_json::from_str::<RoleKey>("\"boss\"").unwrap_err();
        assert!(error.to_string().starts_with("unknown variant"), "{error}");
    }
}
