//! Records that turned out to be one.

use super::client::ClientRef;
use super::link::LinkRole;
use crate::ids::BulkId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;
use validator::{Validate, ValidationError};

/// So many others are merged into one record at once.
pub const MAX_MERGED: usize = 5;

/// The fields of a contact of which one value is kept.
pub const CONTACT_FIELDS: [&str; 15] = [
    "first_name",
    "last_name",
    "email",
    "phone",
    "status",
    "client_since",
    "primary_corporation_id",
    "department_id",
    "owner_id",
    "address",
    "date_of_birth",
    "ssn",
    "preferred_language",
    "notes",
    "external_id",
];

/// The fields of a corporation of which one value is kept.
pub const CORPORATION_FIELDS: [&str; 12] = [
    "name",
    "legal_name",
    "ein",
    "type",
    "status",
    "industry",
    "fiscal_year_end",
    "address",
    "phone",
    "email",
    "notes",
    "external_id",
];

#[expect(clippy::ptr_arg, reason = "validator hands over the field itself")]
fn some_others(others: &Vec<MergedRecord>) -> Result<(), ValidationError> {
    if others.is_empty() {
        return Err(ValidationError::new("required"));
    }
    if others.len() > MAX_MERGED {
        let mut error = ValidationError::new("too_many");
        error.add_param("max".into(), &MAX_MERGED);
        return Err(error);
    }
    let ids: BTreeSet<Uuid> = others.iter().map(|other| other.id).collect();
    if ids.len() < others.len() {
        return Err(ValidationError::new("taken"));
    }
    Ok(())
}

/// `POST /api/contacts/{id}/merge`, `POST /api/corporations/{id}/merge`
///
/// The record in the path stays. All links of the others become its own.
#[derive(Clone, Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MergeRecords {
    /// The records that go, 1 to 5.
    #[validate(custom(function = "some_others"))]
    pub others: Vec<MergedRecord>,
    /// Field names, each with the id of the record whose value is kept. Of a field that is not
    /// named the staying record's value is kept, or where it has none the first other's.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub keep: BTreeMap<String, Uuid>,
}

/// A record that goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MergedRecord {
    pub id: Uuid,
    /// Its `ETag` as the caller knows it: with another one 412, as with `If-Match`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MergeResult {
    /// The record that stayed.
    pub id: Uuid,
    /// Those that went.
    pub merged: Vec<Uuid>,
    /// `POST /api/bulk/{bulk_id}/undo` restores all of them.
    pub bulk_id: BulkId,
    /// What those that went said of somebody to whom the staying one is tied, too, and what it
    /// did not take since it says something else. It stands in the timeline as well.
    pub set_aside: Vec<SetAside>,
}

/// Facts of a link or a relation that was not taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetAside {
    /// To whom it tied the record.
    pub about: ClientRef,
    pub said: TieFacts,
}

/// What a link or a relation says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TieFacts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<LinkRole>,
    /// What the other one is to the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// In hundredths of a percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
