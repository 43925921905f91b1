//! `GET /api/contacts`

use super::entity::Model;
use super::store::{self, Filter};
use crate::auth::{Scope, permissions::ContactsView};
use crate::crm::tags::TagFilter;
use crate::db::{CursorKind, Listing, Order, SortKey, Words, line, since, stamp};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Query, parse_query};
use chrono::{DateTime, Utc};
use ebenezer_shared::crm::contact::{ContactStatus, ContactSummary};
use ebenezer_shared::ids::{CorporationId, DepartmentId, UserId};
use ebenezer_shared::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

/// By what the list can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactOrder {
    Name,
    Email,
    Status,
    ClientSince,
    CreatedAt,
    UpdatedAt,
}

impl SortKey for ContactOrder {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("name", Self::Name),
        ("email", Self::Email),
        ("status", Self::Status),
        ("client_since", Self::ClientSince),
        ("created_at", Self::CreatedAt),
        ("updated_at", Self::UpdatedAt),
    ];

    fn column(self) -> (&'static str, &'static str) {
        let column = match self {
            Self::Name => "sort_name",
            Self::Email => "email_key",
            Self::Status => "status",
            Self::ClientSince => "client_since",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        };
        ("contacts", column)
    }

    fn cursor_kind(self) -> Option<CursorKind> {
        match self {
            Self::Name | Self::Email | Self::Status => Some(CursorKind::Text),
            Self::CreatedAt | Self::UpdatedAt => Some(CursorKind::Time),
            // It may be empty, and a cursor cannot stand on nothing.
            Self::ClientSince => None,
        }
    }
}

impl ContactOrder {
    /// The row's value, as a cursor carries it.
    pub(super) fn value(self, row: &Model) -> String {
        match self {
            Self::Name => row.sort_name.clone(),
            Self::Email => row.email_key.clone(),
            Self::Status => row.status.clone(),
            Self::ClientSince => String::new(),
            Self::CreatedAt => stamp(row.created_at),
            Self::UpdatedAt => stamp(row.updated_at),
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ContactQuery {
    page: Option<u64>,
    page_size: Option<u64>,
    /// `name`, `email`, `status`, `client_since`, `created_at`, `updated_at`; `-` before it
    /// turns it round; several with commas.
    ordering: Option<String>,
    cursor: Option<String>,
    /// Words in name, email, phone; a whole tax number or its last four digits.
    search: Option<String>,
    status: Option<ContactStatus>,
    corporation_id: Option<CorporationId>,
    department_id: Option<DepartmentId>,
    owner_id: Option<UserId>,
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

impl ContactQuery {
    /// 400 for a page or an order that there is not.
    pub fn listing(&self) -> Result<Listing<ContactOrder>, ApiError> {
        let by_name = Order { key: ContactOrder::Name, descending: false };
        let (page, size) = (self.page, self.page_size);
        Listing::parse(page, size, self.ordering.as_deref(), self.cursor.clone(), by_name)
    }

    pub fn filter(self) -> Result<Filter, ApiError> {
        Ok(Filter {
            search: Words::of_query(self.search.as_deref())?,
            status: self.status,
            corporation: self.corporation_id.map(Into::into),
            former: false,
            department: self.department_id.map(Into::into),
            owner: self.owner_id.map(Into::into),
            tags: self.tag.ids(),
            external_id: line("external_id", self.external_id)?,
            updated_since: since("updated_since", self.updated_since)?,
        })
    }
}

/// Which of them a list's query means, whatever page it asks for.
pub fn meant(query: &str) -> Result<Filter, ApiError> {
    parse_query::<ContactQuery>(query)?.filter()
}

/// One page of the people.
#[utoipa::path(get, path = "/api/contacts", tag = "contacts", params(ContactQuery),
    responses((status = 200, body = Page<ContactSummary>)))]
pub async fn list_contacts(
    scope: Scope<ContactsView>,
    Query(query): Query<ContactQuery>,
) -> Result<Answer, ApiError> {
    let listing = query.listing()?;
    let filter = query.filter()?;
    Answer::ok(&store::list(&scope, &filter, &listing).await?)
}
