//! Changes of many records at once.

use crate::crm::contact::ContactStatus;
use crate::crm::staff::StaffRef;
use crate::crm::view::ListName;
use crate::ids::{BulkId, DepartmentId, TagId, UserId};
use crate::patch::Patch;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::{Validate, ValidationError};

/// Most records of one change.
pub const MAX_BULK: usize = 200;
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
fn some_ids(ids: &Vec<Uuid>) -> Result<(), ValidationError> {
    if ids.is_empty() {
        return Err(ValidationError::new("required"));
    }
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
    /// Which records, 200 at most.
    #[validate(custom(function = "some_ids"))]
    pub ids: Vec<Uuid>,
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
    /// Somebody changed the record since.
    ChangedSince,
    /// It cannot be as it was: what it referred to is gone, or another record took its number.
    Conflict,
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
    /// Those that stay as they are now.
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
}
