//! `GET /api/notes`

use super::entity::Model;
use super::store;
use crate::auth::{Scope, permissions::NotesView};
use crate::crm::client::Client;
use crate::db::{CursorKind, Listing, Order, SortKey, Words, since, stamp};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Query;
use chrono::{DateTime, Utc};
use ebenezer_shared::crm::note::Note;
use ebenezer_shared::ids::{CaseId, ContactId, CorporationId, UserId};
use ebenezer_shared::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// By what the list can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteOrder {
    Pinned,
    CreatedAt,
    UpdatedAt,
}

impl SortKey for NoteOrder {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("pinned", Self::Pinned),
        ("created_at", Self::CreatedAt),
        ("updated_at", Self::UpdatedAt),
    ];

    fn column(self) -> (&'static str, &'static str) {
        let column = match self {
            Self::Pinned => "pinned",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        };
        ("notes", column)
    }

    fn cursor_kind(self) -> Option<CursorKind> {
        match self {
            Self::Pinned => None,
            Self::CreatedAt | Self::UpdatedAt => Some(CursorKind::Time),
        }
    }
}

impl NoteOrder {
    /// The row's value, as a cursor carries it.
    pub(super) fn value(self, row: &Model) -> String {
        match self {
            Self::Pinned => String::new(),
            Self::CreatedAt => stamp(row.created_at),
            Self::UpdatedAt => stamp(row.updated_at),
        }
    }
}

#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct NoteQuery {
    page: Option<u64>,
    page_size: Option<u64>,
    /// `pinned`, `created_at`, `updated_at`; `-` before it turns it round; several with commas.
    /// Without it the pinned ones first, and of each the newest.
    ordering: Option<String>,
    cursor: Option<String>,
    /// Words in the text.
    search: Option<String>,
    /// About the person, or about their cases.
    contact_id: Option<ContactId>,
    /// About the company, or about its cases.
    corporation_id: Option<CorporationId>,
    case_id: Option<CaseId>,
    /// Only one's own sticky notes, or only notes on records.
    sticky: Option<bool>,
    author_id: Option<UserId>,
    /// Changed at that time or later (RFC 3339).
    updated_since: Option<DateTime<Utc>>,
}

/// Which notes.
#[derive(Clone, Default)]
pub struct Filter {
    pub search: Option<Words>,
    pub client: Option<Client>,
    pub case: Option<Uuid>,
    pub sticky: Option<bool>,
    pub author: Option<Uuid>,
    pub updated_since: Option<DateTime<Utc>>,
}

impl NoteQuery {
    fn filter(&self) -> Result<Filter, ApiError> {
        if self.contact_id.is_some() && self.corporation_id.is_some() {
            return Err(ApiError::query("corporation_id", "one_client"));
        }
        Ok(Filter {
            search: Words::of_query(self.search.as_deref())?,
            client: Client::named(self.contact_id, self.corporation_id)?,
            case: self.case_id.map(Into::into),
            sticky: self.sticky,
            author: self.author_id.map(Into::into),
            updated_since: since("updated_since", self.updated_since)?,
        })
    }
}

/// One page of the notes that the caller sees: their own sticky ones, and those on records
/// that they see.
#[utoipa::path(get, path = "/api/notes", tag = "notes", params(NoteQuery),
    responses((status = 200, body = Page<Note>)))]
pub async fn list_notes(
    scope: Scope<NotesView>,
    Query(query): Query<NoteQuery>,
) -> Result<Answer, ApiError> {
    let first = Order { key: NoteOrder::Pinned, descending: true };
    let filter = query.filter()?;
    let NoteQuery { page, page_size, ordering, cursor, .. } = query;
    let listing = Listing::parse(page, page_size, ordering.as_deref(), cursor, first)?;
    Answer::ok(&store::list(&scope, &filter, &listing).await?)
}
