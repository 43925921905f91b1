//! `GET /api/threads`

use super::entity::Model;
use super::store;
use crate::auth::{Scope, permissions::MessagesView};
use crate::crm::client::Client;
use crate::db::{CursorKind, Listing, Order, SortKey, Words, since, stamp};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Query;
use chrono::{DateTime, Utc};
use ebenezer_shared::crm::thread::{Thread, ThreadKind};
use ebenezer_shared::ids::{CaseId, ContactId, CorporationId};
use ebenezer_shared::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// By what the list can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThreadOrder {
    LastMessageAt,
    CreatedAt,
}

impl SortKey for ThreadOrder {
    const NAMES: &'static [(&'static str, Self)] =
        &[("last_message_at", Self::LastMessageAt), ("created_at", Self::CreatedAt)];

    fn column(self) -> (&'static str, &'static str) {
        let column = match self {
            Self::LastMessageAt => "last_message_at",
            Self::CreatedAt => "created_at",
        };
        ("threads", column)
    }

    fn cursor_kind(self) -> Option<CursorKind> {
        Some(CursorKind::Time)
    }
}

impl ThreadOrder {
    /// The row's value, as a cursor carries it.
    pub(super) fn value(self, row: &Model) -> String {
        stamp(match self {
            Self::LastMessageAt => row.last_message_at,
            Self::CreatedAt => row.created_at,
        })
    }
}

#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ThreadQuery {
    page: Option<u64>,
    page_size: Option<u64>,
    /// `last_message_at`, `created_at`; `-` before it turns it round. Without it the latest
    /// message comes first.
    ordering: Option<String>,
    cursor: Option<String>,
    /// Words in the subject, or in one of the messages.
    search: Option<String>,
    /// Only those with something that the caller has not read, or only the others.
    unread: Option<bool>,
    kind: Option<ThreadKind>,
    /// With or about the person, or about their cases.
    contact_id: Option<ContactId>,
    /// With or about the company, or about its cases.
    corporation_id: Option<CorporationId>,
    case_id: Option<CaseId>,
    is_closed: Option<bool>,
    /// Changed at that time or later (RFC 3339); a new message is a change.
    updated_since: Option<DateTime<Utc>>,
}

/// Which threads.
#[derive(Clone, Default)]
pub struct Filter {
    pub search: Option<Words>,
    pub unread: Option<bool>,
    pub kind: Option<ThreadKind>,
    pub client: Option<Client>,
    pub case: Option<Uuid>,
    pub closed: Option<bool>,
    pub updated_since: Option<DateTime<Utc>>,
}

impl ThreadQuery {
    fn filter(&self) -> Result<Filter, ApiError> {
        if self.contact_id.is_some() && self.corporation_id.is_some() {
            return Err(ApiError::query("corporation_id", "one_client"));
        }
        Ok(Filter {
            search: Words::of_query(self.search.as_deref())?,
            unread: self.unread,
            kind: self.kind,
            client: Client::named(self.contact_id, self.corporation_id)?,
            case: self.case_id.map(Into::into),
            closed: self.is_closed,
            updated_since: since("updated_since", self.updated_since)?,
        })
    }
}

/// One page of the threads that the caller sees: those they take part in, and those with
/// clients that they see.
#[utoipa::path(get, path = "/api/threads", tag = "messages", params(ThreadQuery),
    responses((status = 200, body = Page<Thread>)))]
pub async fn list_threads(
    scope: Scope<MessagesView>,
    Query(query): Query<ThreadQuery>,
) -> Result<Answer, ApiError> {
    let latest = Order { key: ThreadOrder::LastMessageAt, descending: true };
    let filter = query.filter()?;
    let ThreadQuery { page, page_size, ordering, cursor, .. } = query;
    let listing = Listing::parse(page, page_size, ordering.as_deref(), cursor, latest)?;
    Answer::ok(&store::list(&scope, &filter, &listing).await?)
}
