//! What was deleted, for those who keep a copy of the firm's records.

use crate::permission::{Action, Module, Permission, UnknownName};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use uuid::Uuid;

/// A kind of record whose deletion is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecordType {
    Contact,
    Corporation,
    Department,
    Case,
    Folder,
    Document,
    DocumentRequest,
}

impl RecordType {
    pub const ALL: &'static [Self] = &[
        Self::Contact,
        Self::Corporation,
        Self::Department,
        Self::Case,
        Self::Folder,
        Self::Document,
        Self::DocumentRequest,
    ];

    /// The name on the wire, in the audit log and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Corporation => "corporation",
            Self::Department => "department",
            Self::Case => "case",
            Self::Folder => "folder",
            Self::Document => "document",
            Self::DocumentRequest => "document_request",
        }
    }

    /// What one needs to see records of the kind.
    pub const fn needs(self) -> Permission {
        let module = match self {
            Self::Contact => Module::Contacts,
            Self::Corporation => Module::Corporations,
            Self::Department => Module::Departments,
            Self::Case => Module::Cases,
            Self::Folder | Self::Document | Self::DocumentRequest => Module::Documents,
        };
        Permission::Module(module, Action::View)
    }
}

impl FromStr for RecordType {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == text).ok_or(UnknownName)
    }
}

/// A record that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deletion {
    #[serde(rename = "type")]
    pub kind: RecordType,
    /// The id that it had.
    pub id: Uuid,
    pub at: DateTime<Utc>,
    /// The record that it was merged into, when that is how it went.
    pub merged_into: Option<Uuid>,
}
