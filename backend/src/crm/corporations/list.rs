//! `GET /api/corporations`

use super::entity::Model;
use super::store::{self, Filter};
use crate::auth::{Scope, permissions::CorporationsView};
use crate::crm::tags::TagFilter;
use crate::db::{CursorKind, Listing, Order, SortKey, Words, line, since, stamp};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Query, parse_query};
use chrono::{DateTime, Utc};
use ebenezer_shared::crm::corporation::{CorporationStatus, CorporationSummary, CorporationType};
use ebenezer_shared::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

/// By what the list can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorporationOrder {
    Name,
    Status,
    CreatedAt,
    UpdatedAt,
}

impl SortKey for CorporationOrder {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("name", Self::Name),
        ("status", Self::Status),
        ("created_at", Self::CreatedAt),
        ("updated_at", Self::UpdatedAt),
    ];

    fn column(self) -> (&'static str, &'static str) {
        let column = match self {
            Self::Name => "sort_name",
            Self::Status => "status",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        };
        ("corporations", column)
    }

    fn cursor_kind(self) -> Option<CursorKind> {
        Some(match self {
            Self::Name | Self::Status => CursorKind::Text,
            Self::CreatedAt | Self::UpdatedAt => CursorKind::Time,
        })
    }
}

impl CorporationOrder {
    /// The row's value, as a cursor carries it.
    pub(super) fn value(self, row: &Model) -> String {
        match self {
            Self::Name => row.sort_name.clone(),
            Self::Status => row.status.clone(),
            Self::CreatedAt => stamp(row.created_at),
            Self::UpdatedAt => stamp(row.updated_at),
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct CorporationQuery {
    page: Option<u64>,
    page_size: Option<u64>,
    /// `name`, `status`, `created_at`, `updated_at`; `-` before it turns it round.
    ordering: Option<String>,
    cursor: Option<String>,
    /// Words in name, legal name, email, phone; a whole EIN or its last four digits.
    search: Option<String>,
    status: Option<CorporationStatus>,
    #[serde(rename = "type")]
    #[param(rename = "type")]
    kind: Option<CorporationType>,
    /// Id of a tag; of several, with commas, all must be there.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    tag: TagFilter,
    /// The id in another system, as it was given.
    external_id: Option<String>,
    /// Changed at that time or later (RFC 3339). Ask from a minute before the last answer: a change
    /// is seen when its transaction ends, a little after the time that it carries.
    updated_since: Option<DateTime<Utc>>,
}

impl CorporationQuery {
    /// 400 for a page or an order that there is not.
    pub fn listing(&self) -> Result<Listing<CorporationOrder>, ApiError> {
        let by_name = Order { key: CorporationOrder::Name, descending: false };
        let (page, size) = (self.page, self.page_size);
        Listing::parse(page, size, self.ordering.as_deref(), self.cursor.clone(), by_name)
    }

    pub fn filter(self) -> Result<Filter, ApiError> {
        Ok(Filter {
            search: Words::of_query(self.search.as_deref())?,
            status: self.status,
            kind: self.kind,
            tags: self.tag.ids(),
            external_id: line("external_id", self.external_id)?,
            updated_since: since("updated_since", self.updated_since)?,
        })
    }
}

/// Which of them a list's query means, whatever page it asks for.
pub fn meant(query: &str) -> Result<Filter, ApiError> {
    parse_query::<CorporationQuery>(query)?.filter()
}

/// One page of the companies.
#[utoipa::path(get, path = "/api/corporations", tag = "corporations", params(CorporationQuery),
    responses((status = 200, body = Page<CorporationSummary>)))]
pub async fn list_corporations(
    scope: Scope<CorporationsView>,
    Query(query): Query<CorporationQuery>,
) -> Result<Answer, ApiError> {
    let listing = query.listing()?;
    let filter = query.filter()?;
    Answer::ok(&store::list(&scope, &filter, &listing).await?)
}
