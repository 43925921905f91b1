//! One search over everything.

use crate::crm::client::ClientRef;
use crate::ids::CaseId;
use crate::record::RecordType;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// So many records of a kind are answered.
pub const FEW: usize = 5;
/// So many records are named at once.
pub const MAX_RECORDS: usize = 20;

/// `GET /api/search`: what was found, by kind. A kind of which nothing was found, or that the
/// caller may not see, is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Found {
    pub groups: Vec<FoundGroup>,
}

/// What was found of a kind, what fits best first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundGroup {
    pub kind: RecordType,
    /// At most five for words, all that are seen for `records`.
    pub items: Vec<FoundItem>,
    /// The list of the kind, searched for the same, has more.
    pub has_more: bool,
}

/// A record, as much of it as is needed to know and to open it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundItem {
    pub id: Uuid,
    pub title: String,
    /// What else tells it apart, in the caller's language: a company, an email, a status.
    pub detail: Option<String>,
    /// Whose it is.
    pub client: Option<ClientRef>,
    /// The case that it is about.
    pub case_id: Option<CaseId>,
    /// When it begins, is due, or was last written to.
    pub at: Option<DateTime<Utc>>,
}

/// A record by its kind and id, written `contact:0198...`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RecordName {
    pub kind: RecordType,
    pub id: Uuid,
}

impl fmt::Display for RecordName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.as_str(), self.id)
    }
}

/// It names no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRecord;

impl FromStr for RecordName {
    type Err = NoRecord;

    fn from_str(text: &str) -> Result<Self, NoRecord> {
        let (kind, id) = text.split_once(':').ok_or(NoRecord)?;
        let kind = kind.parse().map_err(|_| NoRecord)?;
        Ok(Self { kind, id: id.parse().map_err(|_| NoRecord)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_named_by_kind_and_id() {
        let text = "document_request:01980000-0000-7000-8000-000000000001";
        let name: RecordName = text.parse().unwrap();
        assert_eq!((name.kind, name.to_string()), (RecordType::DocumentRequest, text.to_owned()));
        for bad in
            ["", "contact", "contact:", "contact:1", "weather:01980000-0000-7000-8000-000000000001"]
        {
            assert_eq!(bad.parse::<RecordName>(), Err(NoRecord), "{bad}");
        }
    }
}
