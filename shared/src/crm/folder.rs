//! Folders: a tree for each client, parts of which belong to one department.

use super::client::ClientRef;
use super::department::DepartmentRef;
use crate::ids::{ContactId, CorporationId, DepartmentId, FolderId};
use crate::locale::{Locale, Text};
use crate::patch::Patch;
use crate::texts::default_folders as t;
use crate::validation as rule;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_with_macros::apply;
use validator::Validate;

/// How deep folders lie in each other at most.
pub const MAX_DEPTH: usize = 10;

/// The folders that each new client gets. What arrives without a folder goes to the first.
const DEFAULTS: [Text; 6] =
    [t::INBOX, t::IDENTIFICATION, t::TAXES, t::ACCOUNTING, t::CONTRACTS, t::LETTERS];

/// The names of a new client's folders.
pub fn default_names(locale: Locale) -> impl Iterator<Item = &'static str> {
    DEFAULTS.into_iter().map(move |text| text.get(locale))
}

/// `POST /api/folders`. Either a parent or exactly one client is named.
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateFolder {
    /// Unique beside its siblings, whatever case and accents.
    #[serde(deserialize_with = "rule::trimmed")]
    #[validate(custom(function = "rule::name"))]
    pub name: String,
    /// The folder that it lies in. It has that one's client and department.
    pub parent_id: Option<FolderId>,
    pub contact_id: Option<ContactId>,
    pub corporation_id: Option<CorporationId>,
    /// Without it every department sees the folder. Only for one at the top.
    pub department_id: Option<DepartmentId>,
    /// Place among its siblings, from 0; the last one when left out.
    #[validate(range(min = 0, max = 10_000, code = "out_of_range"))]
    pub order: Option<i32>,
}

/// `PATCH /api/folders/{id}`
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
pub struct UpdateFolder {
    #[cfg_attr(feature = "openapi", schema(value_type = String, required = false))]
    #[validate(custom(function = "rule::name_patch"))]
    pub name: Patch<String>,
    /// Where it moves, with all that lies in it; null: to the top of its client.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<FolderId>))]
    pub parent_id: Patch<FolderId>,
    /// Of a folder at the top, and of all that lies in it; null: of every department.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<DepartmentId>))]
    pub department_id: Patch<DepartmentId>,
    #[validate(range(min = 0, max = 10_000, code = "out_of_range"))]
    pub order: Option<i32>,
}

/// `POST /api/folders/defaults`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MakeDefaultFolders {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_id: Option<ContactId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corporation_id: Option<CorporationId>,
}

/// A folder of a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Folder {
    pub id: FolderId,
    pub name: String,
    /// None: it lies at the top of its client.
    pub parent_id: Option<FolderId>,
    pub client: ClientRef,
    /// None: every department sees it.
    pub department: Option<DepartmentRef>,
    /// Whether the client began with it.
    pub is_default: bool,
    pub order: i32,
    /// Documents that lie in it, not counting those in the trash.
    pub document_count: u64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A folder as documents name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FolderRef {
    pub id: FolderId,
    pub name: String,
}
