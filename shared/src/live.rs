//! Live events: something of the firm changed.

use crate::ids::UserId;
use crate::permission::{Action, Module, Permission};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What kind of record changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Contact,
    Corporation,
    Department,
    Case,
    Folder,
    Document,
    DocumentRequest,
}

impl Subject {
    /// The subject of an audit entry's resource type.
    pub fn of_resource(name: &str) -> Option<Self> {
        match name {
            "contact" => Some(Self::Contact),
            "corporation" => Some(Self::Corporation),
            "department" => Some(Self::Department),
            "case" => Some(Self::Case),
            "folder" => Some(Self::Folder),
            "document" => Some(Self::Document),
            "document_request" => Some(Self::DocumentRequest),
            _ => None,
        }
    }

    /// Without it one is not told.
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

/// A record changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Change {
    /// Of the event: one that comes twice has the same.
    pub id: Uuid,
    pub subject: Subject,
    /// The record's id.
    pub record: Uuid,
    /// `create`, `update`, `delete`, ...
    pub verb: String,
    /// Who did it.
    pub by: Option<UserId>,
    pub by_name: String,
}
