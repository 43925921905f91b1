//! What a firm asks a client for, document by document.

use super::client::ClientRef;
use super::document::DocumentRef;
use super::staff::StaffRef;
use crate::ids::{ContactId, CorporationId, DocumentId, DocumentRequestId, RequestItemId};
use crate::locale::Text;
use crate::patch::Patch;
use crate::texts::document_requests as r;
use crate::validation as rule;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_with_macros::apply;
use validator::{Validate, ValidationError};

/// Most things that one request asks for.
pub const MAX_ITEMS: usize = 100;

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DocumentRequestStatus {
    /// Something is missing.
    Open,
    /// All is there.
    Completed,
    /// The firm no longer asks.
    Cancelled,
}

impl DocumentRequestStatus {
    pub const ALL: [Self; 3] = [Self::Open, Self::Completed, Self::Cancelled];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Its name.
    pub const fn text(self) -> Text {
        match self {
            Self::Open => r::OPEN,
            Self::Completed => r::COMPLETED,
            Self::Cancelled => r::CANCELLED,
        }
    }

    /// Reads a name on the wire back.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == name)
    }
}

/// The items are some, and not too many.
#[expect(clippy::ptr_arg, reason = "validator hands over the field itself")]
pub fn some_items(items: &Vec<CreateRequestItem>) -> Result<(), ValidationError> {
    if items.is_empty() {
        return Err(ValidationError::new("required"));
    }
    if items.len() > MAX_ITEMS {
        let mut error = ValidationError::new("too_many");
        error.add_param("max".into(), &MAX_ITEMS);
        return Err(error);
    }
    Ok(())
}

/// One thing to ask for. Also `POST /api/document-requests/{id}/items`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateRequestItem {
    /// What it is: `Estado de cuenta de diciembre`.
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::name"))]
    pub name: String,
    #[serde(
        default,
        deserialize_with = "rule::trimmed_option",
        skip_serializing_if = "Option::is_none"
    )]
    #[validate(custom(function = "rule::notes"))]
    pub note: Option<String>,
}

/// `POST /api/document-requests`. Exactly one client is named.
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<String> => #[serde(deserialize_with = "rule::trimmed_option")],
)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateDocumentRequest {
    pub contact_id: Option<ContactId>,
    pub corporation_id: Option<CorporationId>,
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::name"))]
    pub title: String,
    /// What the client reads above the list.
    #[validate(custom(function = "rule::notes"))]
    pub message: Option<String>,
    pub due_on: Option<NaiveDate>,
    /// Days between reminders by mail to the client's email, until all is there; none: no
    /// reminders.
    #[validate(range(min = 1, max = 60, code = "out_of_range"))]
    pub remind_every_days: Option<i32>,
    #[validate(custom(function = "some_items"), nested)]
    pub items: Vec<CreateRequestItem>,
}

/// `PATCH /api/document-requests/{id}`
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
pub struct UpdateDocumentRequest {
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "rule::name_patch"))]
    pub title: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::notes"))]
    pub message: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<NaiveDate>))]
    pub due_on: Patch<NaiveDate>,
    /// From 1 to 60; null: no reminders.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i32>, minimum = 1, maximum = 60))]
    pub remind_every_days: Patch<i32>,
    /// `cancelled`, or `open` to ask again; `completed` follows from the items.
    pub status: Option<DocumentRequestStatus>,
}

/// `PATCH /api/document-requests/{id}/items/{item_id}`
#[apply(
    crate = "serde_with_macros",
    Patch => #[serde(default, skip_serializing_if = "Patch::is_absent")],
    Patch<String> => #[serde(deserialize_with = "rule::trimmed_patch")],
)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateRequestItem {
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "rule::name_patch"))]
    pub name: Patch<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::notes"))]
    pub note: Patch<String>,
    /// The document that fulfils it, one of the same client; null: it is missing again.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<DocumentId>))]
    pub document_id: Patch<DocumentId>,
}

/// What a firm asks a client for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentRequest {
    pub id: DocumentRequestId,
    pub client: ClientRef,
    pub title: String,
    pub message: Option<String>,
    pub status: DocumentRequestStatus,
    pub due_on: Option<NaiveDate>,
    /// Open, and its day has passed.
    pub is_overdue: bool,
    pub items: Vec<RequestItem>,
    /// How many of the items are there.
    pub fulfilled_count: u64,
    pub remind_every_days: Option<i32>,
    /// Day of the next reminder, while one is to come.
    pub next_reminder_on: Option<NaiveDate>,
    /// So many reminders were sent.
    pub reminder_count: u32,
    pub last_reminded_at: Option<DateTime<Utc>>,
    pub completed_at: Option<DateTime<Utc>>,
    pub created_by: Option<StaffRef>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// One thing that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RequestItem {
    pub id: RequestItemId,
    pub name: String,
    pub note: Option<String>,
    pub is_fulfilled: bool,
    /// What fulfils it, where the reader may see it.
    pub document: Option<DocumentRef>,
    pub fulfilled_at: Option<DateTime<Utc>>,
}
