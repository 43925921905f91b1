//! Changes of many records at once.

use crate::crm::contact::ContactStatus;
use crate::crm::staff::StaffRef;
use crate::crm::view::ListName;
use crate::ids::{BulkId, DepartmentId, JobId, TagId, UserId};
use crate::patch::Patch;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::{Validate, ValidationError};

/// Most records that are named in one change, and changed while the caller waits.
pub const MAX_BULK: usize = 200;
/// Longest query that says which records are meant.
pub const MATCHING_MAX: usize = 1000;
/// So many days a change can be undone.
pub const UNDO_DAYS: i64 = 14;

/// What is done to each record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BulkAction {
    /// Needs `status`.
    SetStatus,
    /// Needs `tag_id`.
    AddTag,
    /// Needs `tag_id`.
    RemoveTag,
    /// Needs `owner_id`; null for nobody. Contacts only.
    SetOwner,
    /// Needs `department_id`; null for none. Contacts only.
    SetDepartment,
    Delete,
    /// Several became one by `/merge`; never asked for in bulk.
    Merge,
}

impl BulkAction {
    pub const ALL: [Self; 7] = [
        Self::SetStatus,
        Self::AddTag,
        Self::RemoveTag,
        Self::SetOwner,
        Self::SetDepartment,
        Self::Delete,
        Self::Merge,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SetStatus => "set_status",
            Self::AddTag => "add_tag",
            Self::RemoveTag => "remove_tag",
            Self::SetOwner => "set_owner",
            Self::SetDepartment => "set_department",
            Self::Delete => "delete",
            Self::Merge => "merge",
        }
    }
}

#[expect(clippy::ptr_arg, reason = "validator hands over the field itself")]
fn short_query(query: &String) -> Result<(), ValidationError> {
    if query.chars().count() > MATCHING_MAX {
        let mut error = ValidationError::new("too_long");
        error.add_param("max".into(), &MATCHING_MAX);
        return Err(error);
    }
    Ok(())
}

#[expect(clippy::ptr_arg, reason = "validator hands over the field itself")]
fn few_ids(ids: &Vec<Uuid>) -> Result<(), ValidationError> {
    if ids.len() > MAX_BULK {
        let mut error = ValidationError::new("too_many");
        error.add_param("max".into(), &MAX_BULK);
        return Err(error);
    }
    Ok(())
}

/// `POST /api/contacts/bulk`, `POST /api/corporations/bulk`
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RunBulk {
    pub action: BulkAction,
    /// Which records, 200 at most: changed at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[validate(custom(function = "few_ids"))]
    pub ids: Vec<Uuid>,
    /// Instead of `ids` all that the list finds by this query (`status=active&tag=...`, empty
    /// for all): changed in parts by a worker. Those that come later are not among them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[validate(custom(function = "short_query"))]
    pub matching: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ContactStatus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag_id: Option<TagId>,
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<UserId>))]
    pub owner_id: Patch<UserId>,
    #[serde(default, skip_serializing_if = "Patch::is_absent")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<DepartmentId>))]
    pub department_id: Patch<DepartmentId>,
}

/// Why a record was left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BulkReason {
    /// No such record, or somebody deleted it.
    NotFound,
    /// The corporation is somebody's primary one.
    CorporationIsPrimary,
    /// Cases or other things belong to the client.
    InUse,
    /// The record has documents.
    HasDocuments,
    /// Somebody changed the record since.
    ChangedSince,
    /// It cannot be as it was: what it referred to is gone, or another record took its number.
    Conflict,
    /// It is back, but not all that it was tied to is still there: `fields` says what is
    /// missing.
    PartsGone,
}

impl BulkReason {
    pub const ALL: [Self; 7] = [
        Self::NotFound,
        Self::CorporationIsPrimary,
        Self::InUse,
        Self::HasDocuments,
        Self::ChangedSince,
        Self::Conflict,
        Self::PartsGone,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::CorporationIsPrimary => "corporation_is_primary",
            Self::InUse => "in_use",
            Self::HasDocuments => "has_documents",
            Self::ChangedSince => "changed_since",
            Self::Conflict => "conflict",
            Self::PartsGone => "parts_gone",
        }
    }
}

/// A record that was left as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkRefusal {
    pub id: Uuid,
    pub reason: BulkReason,
    /// Where only some of it was left: what. Fields by their names, and `corporations`,
    /// `contacts`, `related` and `tags`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
}

impl BulkRefusal {
    /// Of the whole record.
    pub const fn whole(id: Uuid, reason: BulkReason) -> Self {
        Self { id, reason, fields: Vec::new() }
    }
}

/// What became of a change of many records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkResult {
    pub bulk_id: BulkId,
    pub changed: u64,
    /// Those that were so already.
    pub unchanged: u64,
    pub refused: Vec<BulkRefusal>,
}

/// What became of undoing it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UndoResult {
    pub restored: u64,
    /// Those that stay as they are now, and what is missing of others.
    pub left: Vec<BulkRefusal>,
}

/// A change of many records that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkInfo {
    pub id: BulkId,
    pub resource: ListName,
    pub action: BulkAction,
    /// Who made it.
    pub actor: StaffRef,
    pub changed: u64,
    /// Whether the caller can undo it.
    pub may_undo: bool,
    pub undone_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    /// The worker's last run over it; absent when it was done at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<BulkRun>,
}

/// Where a run over many records stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BulkStatus {
    Waiting,
    Running,
    Done,
    /// Somebody stopped it. What it had done stays.
    Cancelled,
    /// Given up after several attempts.
    Failed,
    /// Whoever asked for it may do so no longer.
    Forbidden,
    /// Whoever asked for it has to set up a second factor first.
    SecondFactor,
    /// The firm was paused, suspended or cancelled.
    FirmClosed,
    /// What the records were to get is not there any more.
    Outdated,
    /// What it had done was undone, so it stopped.
    Undone,
}

impl BulkStatus {
    /// Whether nothing more happens.
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::Waiting | Self::Running)
    }
}

/// A worker's run over many records: how far it is and what became of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkRun {
    /// For `/api/jobs/{id}`, for whoever asked for it.
    pub job_id: JobId,
    /// It takes the change back.
    pub undoing: bool,
    pub status: BulkStatus,
    pub done: u64,
    pub total: u64,
    pub changed: u64,
    /// Those that were so already.
    pub unchanged: u64,
    pub refused: u64,
    /// Somebody asked to stop it; it ends with the part that it is at.
    pub cancel_requested: bool,
    /// Whether the caller can stop it.
    pub may_cancel: bool,
}

/// A change of many records with the records that were left as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkReport {
    #[serde(flatten)]
    pub info: BulkInfo,
    /// Of the last run, five hundred at most.
    pub refused: Vec<NamedRefusal>,
}

/// A record that was left as it is, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NamedRefusal {
    /// Absent when there is no such record now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(flatten)]
    pub refusal: BulkRefusal,
}
