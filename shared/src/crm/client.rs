//! Clients: a contact or a corporation, where it does not matter which.

use crate::record::RecordType;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a client is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClientKind {
    Contact,
    Corporation,
}

impl ClientKind {
    /// The name on the wire and in the audit log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Corporation => "corporation",
        }
    }

    /// The kind of record that such a client is.
    pub const fn record(self) -> RecordType {
        match self {
            Self::Contact => RecordType::Contact,
            Self::Corporation => RecordType::Corporation,
        }
    }
}

/// A client as what belongs to it names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClientRef {
    pub kind: ClientKind,
    /// Id of the contact or the corporation.
    pub id: Uuid,
    pub name: String,
}
