//! Messages: threads between colleagues, and with clients.

use crate::crm::case::CaseRef;
use crate::crm::client::ClientRef;
use crate::crm::staff::StaffRef;
use crate::ids::{AttachmentId, CaseId, ContactId, CorporationId, MessageId, ThreadId, UserId};
use crate::locale::Text;
use crate::patch::Patch;
use crate::permission::named_enum;
use crate::texts::thread_kinds as k;
use crate::validation as rule;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_with_macros::apply;
use validator::{Validate, ValidationError};

/// Most people in a thread.
pub const MAX_MEMBERS: usize = 100;
/// Most files in a message.
pub const MAX_ATTACHMENTS: usize = 20;
/// For so many days messages are counted on the dashboard.
pub const COUNTED_DAYS: i64 = 30;

named_enum! {
    /// Between whom a thread is.
    ThreadKind {
        /// Between colleagues: nobody else sees it.
        Internal = "internal",
        /// With a client: whoever sees the client sees it.
        Client = "client",
    }
}

impl ThreadKind {
    /// Its name.
    pub const fn text(self) -> Text {
        match self {
            Self::Internal => k::INTERNAL,
            Self::Client => k::CLIENT,
        }
    }
}

const fn internal() -> ThreadKind {
    ThreadKind::Internal
}

fn at_most<T>(all: &[T], max: usize) -> Result<(), ValidationError> {
    if all.len() <= max {
        return Ok(());
    }
    let mut error = ValidationError::new("too_many");
    error.add_param("max".into(), &max);
    Err(error)
}

fn members(all: &[UserId]) -> Result<(), ValidationError> {
    at_most(all, MAX_MEMBERS)
}

fn attachments(all: &[AttachmentId]) -> Result<(), ValidationError> {
    at_most(all, MAX_ATTACHMENTS)
}

/// `POST /api/threads`: a thread with its first message.
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
)]
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateThread {
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::required_line"))]
    pub subject: String,
    /// `client` needs a client: they will read it in their portal.
    #[serde(default = "internal")]
    pub kind: ThreadKind,
    pub contact_id: Option<ContactId>,
    pub corporation_id: Option<CorporationId>,
    pub case_id: Option<CaseId>,
    /// Who takes part beside the caller.
    #[serde(default)]
    #[validate(custom(function = "members"))]
    pub member_ids: Vec<UserId>,
    #[validate(nested)]
    pub message: CreateMessage,
}

/// `POST /api/threads/{id}/messages`. It has words, files, or both.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateMessage {
    /// Up to 20,000 characters.
    #[serde(default, deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::message"))]
    pub body: String,
    /// What the caller uploaded to `/api/attachments`.
    #[serde(default)]
    #[validate(custom(function = "attachments"))]
    pub attachment_ids: Vec<AttachmentId>,
}

impl CreateMessage {
    /// Whether it has words or files.
    pub fn says_something(&self) -> bool {
        !self.body.trim().is_empty() || !self.attachment_ids.is_empty()
    }
}

/// `PATCH /api/threads/{id}`
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, deserialize_with = "rule::not_null")]
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))],
    Patch<String> => #[serde(default, skip_serializing_if = "Patch::is_absent")]
        #[serde(deserialize_with = "rule::trimmed_patch")],
)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateThread {
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "rule::required_line_patch"))]
    pub subject: Patch<String>,
    /// All who take part from now on; without oneself one leaves it.
    #[validate(custom(function = "members"))]
    pub member_ids: Option<Vec<UserId>>,
    /// Whether it is done with. Another message opens it again.
    pub is_closed: Option<bool>,
}

/// `POST /api/threads/{id}/read`
#[derive(Clone, Debug, Default, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReadThread {
    /// The number of the last message that was read. What was read before stays read.
    pub up_to: u32,
}

/// A file of a message, or one that is to become one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attachment {
    pub id: AttachmentId,
    pub name: String,
    pub content_type: String,
    /// Bytes.
    pub size: u64,
}

/// `POST /api/attachments` (multipart).
#[cfg(feature = "openapi")]
#[derive(utoipa::ToSchema)]
pub struct UploadAttachment {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
}

/// The last message of a thread, in a few words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LastMessage {
    pub author: Option<StaffRef>,
    /// Its beginning on one line; empty where it has files alone.
    pub excerpt: String,
    pub sent_at: DateTime<Utc>,
}

/// A thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Thread {
    pub id: ThreadId,
    pub subject: String,
    pub kind: ThreadKind,
    pub client: Option<ClientRef>,
    pub case: Option<CaseRef>,
    /// The colleagues who take part.
    pub members: Vec<StaffRef>,
    pub created_by: Option<StaffRef>,
    pub is_closed: bool,
    pub message_count: u32,
    /// So many that others wrote the caller has not read. None where they do not take part.
    pub unread: u32,
    pub last_message: Option<LastMessage>,
    /// Send it as `If-Match` with a change.
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    pub id: MessageId,
    /// Its place in the thread, from 1.
    pub number: u32,
    /// None for what a client wrote.
    pub author: Option<StaffRef>,
    pub body: String,
    pub attachments: Vec<Attachment>,
    pub sent_at: DateTime<Utc>,
}

/// `GET /api/threads/unread`: what others wrote in threads that the caller takes part in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageCounts {
    /// In the last 30 days.
    pub count: u64,
    /// Not read yet, however old.
    pub unread: u64,
}
