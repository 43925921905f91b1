//! What tasks and notes are about.

use super::clients::ClientId;
use crate::api::QueryString;
use crate::state::UrlState;
use ebenezer_shared::ids::CaseId;

/// Its name in the URL and in the API.
pub const CASE: &str = "case_id";

/// A client or a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Client(ClientId),
    Case(CaseId),
}

impl About {
    /// The query that names it.
    pub fn query(self) -> QueryString {
        match self {
            Self::Client(client) => client.query(),
            Self::Case(id) => QueryString::new().with(CASE, id),
        }
    }

    /// What a URL names; tracked.
    pub fn of_url(url: UrlState) -> Option<Self> {
        let case = url.parse::<CaseId>(CASE).map(Self::Case);
        case.or_else(|| ClientId::of_url(url).map(Self::Client))
    }

    /// The client, when it is one.
    pub const fn client(self) -> Option<ClientId> {
        match self {
            Self::Client(client) => Some(client),
            Self::Case(_) => None,
        }
    }

    /// The case, when it is one.
    pub const fn case(self) -> Option<CaseId> {
        match self {
            Self::Client(_) => None,
            Self::Case(id) => Some(id),
        }
    }
}
