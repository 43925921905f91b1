//! Documents of clients, with their versions.

use super::client::ClientRef;
use super::department::DepartmentRef;
use super::folder::FolderRef;
use super::staff::StaffRef;
use crate::ids::{DocumentId, DocumentVersionId, FolderId, UserId};
use crate::locale::Text;
use crate::patch::Patch;
use crate::texts::documents::kinds as k;
use crate::validation as rule;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use serde_with_macros::apply;
use uuid::Uuid;
use validator::Validate;

/// So many days a document stays in the trash.
pub const TRASH_DAYS: i64 = 30;

/// What a document is, roughly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    Pdf,
    Image,
    /// xlsx, csv
    Spreadsheet,
    /// docx
    Text,
    /// txt
    Plain,
}

impl DocumentKind {
    pub const ALL: [Self; 5] = [Self::Pdf, Self::Image, Self::Spreadsheet, Self::Text, Self::Plain];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Image => "image",
            Self::Spreadsheet => "spreadsheet",
            Self::Text => "text",
            Self::Plain => "plain",
        }
    }

    /// Its name.
    pub const fn text(self) -> Text {
        match self {
            Self::Pdf => k::PDF,
            Self::Image => k::IMAGE,
            Self::Spreadsheet => k::SPREADSHEET,
            Self::Text => k::TEXT,
            Self::Plain => k::PLAIN,
        }
    }

    /// Reads a name on the wire back.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// `POST /api/documents` as `multipart/form-data`: the `file` and one of a folder and a client.
/// Without a folder it goes to the client's first one that all departments see.
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
)]
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadDocument {
    /// The file itself. Its name, type and size are checked, its content too.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Binary))]
    pub file: Vec<u8>,
    pub folder_id: Option<FolderId>,
    pub contact_id: Option<crate::ids::ContactId>,
    pub corporation_id: Option<crate::ids::CorporationId>,
    /// Another name than the file's.
    pub name: Option<String>,
    pub note: Option<String>,
}

/// `POST /api/documents/{id}/versions` as `multipart/form-data`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadVersion {
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Binary))]
    pub file: Vec<u8>,
}

/// `PATCH /api/documents/{id}`
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
pub struct UpdateDocument {
    /// Its extension stays what the content is, whether given or not.
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "rule::name_patch"))]
    pub name: Patch<String>,
    /// Where it moves, also to another client.
    pub folder_id: Option<FolderId>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[validate(custom(function = "rule::notes"))]
    pub note: Patch<String>,
    /// Whether the client sees it in the portal.
    pub shared_with_portal: Option<bool>,
}

/// A document as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Document {
    pub id: DocumentId,
    /// With its extension.
    pub name: String,
    pub kind: DocumentKind,
    pub content_type: String,
    /// In bytes.
    pub size: u64,
    /// SHA-256 of the content, in hexadecimal digits.
    pub sha256: String,
    /// Number of the present version, from 1.
    pub version: u32,
    pub folder: FolderRef,
    pub client: ClientRef,
    /// Whose folder it lies in; none: every department sees it.
    pub department: Option<DepartmentRef>,
    pub note: Option<String>,
    /// Whether the client sees it in the portal.
    pub shared_with_portal: bool,
    /// Whether `/preview` shows it.
    pub previewable: bool,
    /// When it was put into the trash.
    pub trashed_at: Option<DateTime<Utc>>,
    /// When it leaves the trash for good.
    pub purged_on: Option<DateTime<Utc>>,
    /// Who brought it first.
    pub created_by: Option<StaffRef>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A document as other things name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentRef {
    pub id: DocumentId,
    pub name: String,
}

/// A state of a document's content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentVersion {
    pub id: DocumentVersionId,
    /// From 1.
    pub number: u32,
    /// What the file was called.
    pub name: String,
    pub content_type: String,
    pub size: u64,
    pub sha256: String,
    /// Whether it is the present one.
    pub is_current: bool,
    /// Of which earlier version it has the content.
    pub restored_from: Option<u32>,
    pub created_by: Option<StaffRef>,
    pub created_at: DateTime<Utc>,
}

/// Something that somebody did with a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentAccess {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor_id: Option<UserId>,
    /// Their name at that time.
    pub actor_name: String,
    /// `create`, `view`, `download`, `update`, `share`, `unshare`, `move`, `new_version`,
    /// `restore_version`, `trash`, `restore`, `delete`.
    pub action: String,
    /// The address that the request came from, for who may see the audit log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// What changed, by field: `{ "before": ..., "after": ... }`; or which version was read.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub changes: Map<String, Value>,
}

/// `POST /api/documents/empty-trash`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmptiedTrash {
    /// So many documents are gone for good.
    pub purged: u64,
    /// So many are still there: ask again.
    pub left: u64,
}
