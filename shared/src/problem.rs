//! Errors as people and programs read them (RFC 9457, `application/problem+json`).

use crate::crm::appointment::AppointmentRef;
use crate::crm::contact::{ContactRef, DuplicateMatch};
use crate::crm::document::DocumentRef;
use crate::locale::{Locale, Text};
use crate::texts::problems as t;
use crate::validation::field_message;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The media type of a problem.
pub const CONTENT_TYPE: &str = "application/problem+json";

macro_rules! problem_codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $status:literal, $title:ident, $detail:ident;)*) => {
        /// Every error that the API answers. The table fixes status and texts.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum ProblemCode {
            $($(#[$doc])* #[serde(rename = $code)] $variant,)*
            /// A code that this build does not know (a newer server).
            #[serde(other, rename = "unknown")]
            Unknown,
        }

        impl ProblemCode {
            /// Every code that the server answers.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code on the wire.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                    Self::Unknown => "unknown",
                }
            }

            /// The HTTP status.
            pub const fn status(self) -> u16 {
                match self {
                    $(Self::$variant => $status,)*
                    Self::Unknown => 500,
                }
            }

            /// What kind of problem it is.
            pub const fn title(self) -> Text {
                match self {
                    $(Self::$variant => t::$title,)*
                    Self::Unknown => t::INTERNAL,
                }
            }

            /// What to do about it.
            pub const fn detail(self) -> Text {
                match self {
                    $(Self::$variant => t::$detail,)*
                    Self::Unknown => t::INTERNAL_DETAIL,
                }
            }
        }
    };
}

problem_codes! {
    /// The body is not JSON.
    InvalidJson = "invalid_json", 400, INVALID_JSON, INVALID_JSON_DETAIL;
    /// A query value has the wrong form.
    InvalidQuery = "invalid_query", 400, INVALID_QUERY, INVALID_QUERY_DETAIL;
    /// An id in the path is not a UUID.
    InvalidPath = "invalid_path", 400, INVALID_PATH, INVALID_PATH_DETAIL;
    /// A header has the wrong form.
    InvalidHeader = "invalid_header", 400, INVALID_HEADER, INVALID_HEADER_DETAIL;
    /// No credential, or one that does not serve here.
    AuthenticationRequired = "authentication_required", 401, AUTHENTICATION_REQUIRED, AUTHENTICATION_REQUIRED_DETAIL;
    /// Email or password is wrong.
    InvalidCredentials = "invalid_credentials", 401, INVALID_CREDENTIALS, INVALID_CREDENTIALS_DETAIL;
    /// The password is right; the account asks for a second factor, too.
    MfaRequired = "mfa_required", 401, MFA_REQUIRED, MFA_REQUIRED_DETAIL;
    /// The code of the second factor is wrong, too old or was used before.
    MfaCodeWrong = "mfa_code_wrong", 401, MFA_CODE_WRONG, MFA_CODE_WRONG_DETAIL;
    /// The session ended: too long, idle, logged out or its refresh token was used twice.
    SessionExpired = "session_expired", 401, SESSION_EXPIRED, SESSION_EXPIRED_DETAIL;
    /// The plan's limit is reached; `limit`, `used` and `upgrade_url` tell more.
    PlanLimit = "plan_limit", 402, PLAN_LIMIT, PLAN_LIMIT_DETAIL;
    /// The role does not allow it; `required_permission` names what would.
    PermissionRequired = "permission_required", 403, PERMISSION_REQUIRED, PERMISSION_REQUIRED_DETAIL;
    /// Not a member of the firm that the request names, or there is no such firm.
    NotAMember = "not_a_member", 403, NOT_A_MEMBER, NOT_A_MEMBER_DETAIL;
    /// The firm, or the platform, asks for a second factor, which the account lacks.
    MfaEnrolmentRequired = "mfa_enrolment_required", 403, MFA_ENROLMENT_REQUIRED, MFA_ENROLMENT_REQUIRED_DETAIL;
    /// A cookie request from a page of somebody else.
    OriginNotAllowed = "origin_not_allowed", 403, ORIGIN_NOT_ALLOWED, ORIGIN_NOT_ALLOWED_DETAIL;
    /// The firm is paused or expired: reading goes on, writing does not.
    TenantPaused = "tenant_paused", 403, TENANT_PAUSED, TENANT_PAUSED_DETAIL;
    /// The firm is suspended.
    TenantSuspended = "tenant_suspended", 403, TENANT_SUSPENDED, TENANT_SUSPENDED_DETAIL;
    /// The firm is cancelled.
    TenantCancelled = "tenant_cancelled", 403, TENANT_CANCELLED, TENANT_CANCELLED_DETAIL;
    /// It would give, or take, more than the caller has; `required_permission` names one.
    BeyondOwnPermissions = "beyond_own_permissions", 403, BEYOND_OWN_PERMISSIONS, BEYOND_OWN_PERMISSIONS_DETAIL;
    /// Only an owner makes owners and changes them.
    OwnerRequired = "owner_required", 403, OWNER_REQUIRED, OWNER_REQUIRED_DETAIL;
    /// No such thing, or somebody else's.
    NotFound = "not_found", 404, NOT_FOUND, NOT_FOUND_DETAIL;
    /// The record was merged into another one; `merged_into` names it.
    Merged = "merged", 404, MERGED, MERGED_DETAIL;
    /// The firm's product lacks the module.
    ModuleNotEnabled = "module_not_enabled", 404, MODULE_NOT_ENABLED, MODULE_NOT_ENABLED_DETAIL;
    /// The path exists, the method does not.
    MethodNotAllowed = "method_not_allowed", 405, METHOD_NOT_ALLOWED, METHOD_NOT_ALLOWED_DETAIL;
    /// Registration with a known email.
    EmailTaken = "email_taken", 409, EMAIL_TAKEN, EMAIL_TAKEN_DETAIL;
    /// Registration with a subdomain in use.
    SubdomainTaken = "subdomain_taken", 409, SUBDOMAIN_TAKEN, SUBDOMAIN_TAKEN_DETAIL;
    /// A value that must be unique is in use; `errors` names the field.
    Duplicate = "duplicate", 409, DUPLICATE, DUPLICATE_DETAIL;
    /// A contact much like this one exists; `matches` lists them.
    PossibleDuplicate = "possible_duplicate", 409, POSSIBLE_DUPLICATE, POSSIBLE_DUPLICATE_DETAIL;
    /// A contact with corporations needs a primary one.
    PrimaryRequired = "primary_required", 409, PRIMARY_REQUIRED, PRIMARY_REQUIRED_DETAIL;
    /// The corporation is somebody's primary; `contacts` lists whose.
    CorporationIsPrimary = "corporation_is_primary", 409, CORPORATION_IS_PRIMARY, CORPORATION_IS_PRIMARY_DETAIL;
    /// The account has a second factor already.
    MfaEnabled = "mfa_enabled", 409, MFA_ENABLED, MFA_ENABLED_DETAIL;
    /// The account has no second factor, or none that was set up.
    MfaNotEnabled = "mfa_not_enabled", 409, MFA_NOT_ENABLED, MFA_NOT_ENABLED_DETAIL;
    /// A case cannot go from its status to that one.
    TransitionNotAllowed = "transition_not_allowed", 409, TRANSITION_NOT_ALLOWED, TRANSITION_NOT_ALLOWED_DETAIL;
    /// The colleague has another appointment then; `appointments` lists which.
    AppointmentConflict = "appointment_conflict", 409, APPOINTMENT_CONFLICT, APPOINTMENT_CONFLICT_DETAIL;
    /// Something still uses it.
    InUse = "in_use", 409, IN_USE, IN_USE_DETAIL;
    /// The client has documents; `documents` lists them, `used` counts them.
    HasDocuments = "has_documents", 409, HAS_DOCUMENTS, HAS_DOCUMENTS_DETAIL;
    /// What is asked for does not fit the present state: it ended, or has not begun.
    StateConflict = "state_conflict", 409, STATE_CONFLICT, STATE_CONFLICT_DETAIL;
    /// A firm keeps at least one owner who can log in.
    LastOwner = "last_owner", 409, LAST_OWNER, LAST_OWNER_DETAIL;
    /// Nobody changes what they themself may do.
    OwnMembership = "own_membership", 409, OWN_MEMBERSHIP, OWN_MEMBERSHIP_DETAIL;
    /// The email belongs to somebody who works at the firm.
    AlreadyMember = "already_member", 409, ALREADY_MEMBER, ALREADY_MEMBER_DETAIL;
    /// The email was invited, and the invitation is still open.
    AlreadyInvited = "already_invited", 409, ALREADY_INVITED, ALREADY_INVITED_DETAIL;
    /// The invitation was accepted before.
    InvitationUsed = "invitation_used", 410, INVITATION_USED, INVITATION_USED_DETAIL;
    /// The invitation is too old.
    InvitationExpired = "invitation_expired", 410, INVITATION_EXPIRED, INVITATION_EXPIRED_DETAIL;
    /// The firm took the invitation back, or whoever sent it no longer may.
    InvitationRevoked = "invitation_revoked", 410, INVITATION_REVOKED, INVITATION_REVOKED_DETAIL;
    /// A company would be its own parent.
    OwnershipRing = "ownership_ring", 409, OWNERSHIP_RING, OWNERSHIP_RING_DETAIL;
    /// A link from a mail that was used, is too old or is none of ours.
    LinkExpired = "link_expired", 410, LINK_EXPIRED, LINK_EXPIRED_DETAIL;
    /// `If-Match` names an older version.
    PreconditionFailed = "precondition_failed", 412, PRECONDITION_FAILED, PRECONDITION_FAILED_DETAIL;
    /// The body is larger than allowed.
    PayloadTooLarge = "payload_too_large", 413, PAYLOAD_TOO_LARGE, PAYLOAD_TOO_LARGE_DETAIL;
    /// The body is not of a type that the operation reads.
    UnsupportedMediaType = "unsupported_media_type", 415, UNSUPPORTED_MEDIA_TYPE, UNSUPPORTED_MEDIA_TYPE_DETAIL;
    /// The body breaks a rule; `errors` lists which.
    ValidationFailed = "validation_failed", 422, VALIDATION_FAILED, VALIDATION_FAILED_DETAIL;
    /// The `Idempotency-Key` was used for another request.
    IdempotencyKeyReused = "idempotency_key_reused", 422, IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_KEY_REUSED_DETAIL;
    /// Too many requests; `Retry-After` says when to come back.
    RateLimited = "rate_limited", 429, RATE_LIMITED, RATE_LIMITED_DETAIL;
    /// Our fault.
    Internal = "internal", 500, INTERNAL, INTERNAL_DETAIL;
    /// The database or another part is away for the moment.
    Unavailable = "unavailable", 503, UNAVAILABLE, UNAVAILABLE_DETAIL;
}

/// One wrong field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// Its name, with dots into nested objects.
    pub field: String,
    pub code: String,
    /// For people, in the caller's language.
    pub message: String,
}

impl FieldError {
    pub fn new(field: &str, code: &str, max: Option<u64>, locale: Locale) -> Self {
        Self {
            field: field.to_owned(),
            code: code.to_owned(),
            message: field_message(code, max, locale),
        }
    }
}

/// An error answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A link to the description of the code.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    pub detail: String,
    pub code: ProblemCode,
    /// Quote it when you ask for help.
    #[serde(default)]
    pub request_id: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// With `permission_required`: the permission that would allow it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_permission: Option<String>,
    /// With `possible_duplicate`: the contacts that look alike.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub matches: Vec<DuplicateMatch>,
    /// With `corporation_is_primary`: whose primary it is, at most 50.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<ContactRef>,
    /// With `has_documents`: those that the caller sees, at most 50.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<DocumentRef>,
    /// With `appointment_conflict`: those in the way, at most 10.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub appointments: Vec<AppointmentRef>,
    /// With `merged`: the record that it was merged into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<Uuid>,
    /// With `plan_limit`: how many the plan allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// With `plan_limit`: how many there are. With `in_use` and `has_documents`: how many use it, where that is
    /// known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<u64>,
    /// With `plan_limit`: where the firm gets more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upgrade_url: Option<String>,
}

impl Problem {
    /// The problem as the table describes it.
    pub fn new(code: ProblemCode, locale: Locale) -> Self {
        Self {
            kind: format!("/docs/problems#{}", code.as_str()),
            title: code.title().get(locale).to_owned(),
            status: code.status(),
            detail: code.detail().get(locale).to_owned(),
            code,
            request_id: String::new(),
            errors: Vec::new(),
            required_permission: None,
            matches: Vec::new(),
            contacts: Vec::new(),
            documents: Vec::new(),
            appointments: Vec::new(),
            merged_into: None,
            limit: None,
            used: None,
            upgrade_url: None,
        }
    }

    /// The message for a field, when it is among the wrong ones.
    pub fn field(&self, name: &str) -> Option<&FieldError> {
        self.errors.iter().find(|error| error.field == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_a_newer_server_is_read_as_unknown() {
        let code: ProblemCode = serde_json::from_str("\"from_the_future\"").unwrap();
        assert_eq!(code, ProblemCode::Unknown);
    }

    #[test]
    fn each_code_is_the_same_on_the_wire_and_in_the_table() {
        for code in ProblemCode::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
            assert!((400..600).contains(&code.status()));
        }
    }
}
