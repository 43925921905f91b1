//! `GET /api/document-requests`

use super::entity::{Column, Entity, Model};
use super::store;
use crate::auth::{Scope, TenantScope, permissions::DocumentsView};
use crate::crm::client::Client;
use crate::db::{CursorKind, Listing, Order, Searched, SortKey, since, stamp};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Query;
use chrono::{DateTime, Utc};
use ebenezer_shared::crm::document_request::{DocumentRequest, DocumentRequestStatus};
use ebenezer_shared::ids::{ContactId, CorporationId};
use ebenezer_shared::pagination::Page;
use sea_orm::{ColumnTrait as _, Condition};
use serde::Deserialize;
use utoipa::IntoParams;

/// By what the list can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestOrder {
    Title,
    DueOn,
    CreatedAt,
    UpdatedAt,
}

impl SortKey for RequestOrder {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("title", Self::Title),
        ("due_on", Self::DueOn),
        ("created_at", Self::CreatedAt),
        ("updated_at", Self::UpdatedAt),
    ];

    fn column(self) -> (&'static str, &'static str) {
        let column = match self {
            Self::Title => "sort_name",
            Self::DueOn => "due_on",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        };
        ("document_requests", column)
    }

    fn cursor_kind(self) -> Option<CursorKind> {
        match self {
            Self::Title => Some(CursorKind::Text),
            Self::CreatedAt | Self::UpdatedAt => Some(CursorKind::Time),
            // It may be empty, and a cursor cannot stand on nothing.
            Self::DueOn => None,
        }
    }
}

impl RequestOrder {
    fn value(self, row: &Model) -> String {
        match self {
            Self::Title => row.sort_name.clone(),
            Self::DueOn => String::new(),
            Self::CreatedAt => stamp(row.created_at),
            Self::UpdatedAt => stamp(row.updated_at),
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct RequestQuery {
    page: Option<u64>,
    page_size: Option<u64>,
    /// `title`, `due_on`, `created_at`, `updated_at`; `-` before it turns it round.
    ordering: Option<String>,
    cursor: Option<String>,
    contact_id: Option<ContactId>,
    corporation_id: Option<CorporationId>,
    status: Option<DocumentRequestStatus>,
    /// Open ones whose day has passed.
    overdue: Option<bool>,
    /// Changed at that time or later (RFC 3339). Ask from a minute before the last answer: a change
    /// is seen when its transaction ends, a little after the time that it carries.
    updated_since: Option<DateTime<Utc>>,
}

impl RequestQuery {
    /// 400 for a page or an order that there is not.
    pub fn listing(&self) -> Result<Listing<RequestOrder>, ApiError> {
        let newest_first = Order { key: RequestOrder::CreatedAt, descending: true };
        let (page, size) = (self.page, self.page_size);
        Listing::parse(page, size, self.ordering.as_deref(), self.cursor.clone(), newest_first)
    }

    pub fn condition(&self, scope: &TenantScope) -> Result<Condition, ApiError> {
        if self.contact_id.is_some() && self.corporation_id.is_some() {
            return Err(ApiError::query("corporation_id", "one_client"));
        }
        let client = Client::named(self.contact_id, self.corporation_id)?;
        let mut all = client.map_or_else(Condition::all, store::of_client);
        if let Some(status) = self.status {
            all = all.add(Column::Status.eq(status.as_str()));
        }
        if let Some(overdue) = self.overdue {
            let late = Condition::all()
                .add(Column::Status.eq(DocumentRequestStatus::Open.as_str()))
                .add(Column::DueOn.is_not_null())
                .add(Column::DueOn.lt(scope.today()));
            all = all.add(if overdue { late } else { late.not() });
        }
        if let Some(since) = since("updated_since", self.updated_since)? {
            all = all.add(Column::UpdatedAt.gte(since));
        }
        Ok(all)
    }
}

/// One page of what clients are asked for, the newest first.
#[utoipa::path(get, path = "/api/document-requests", tag = "document-requests",
    params(RequestQuery), responses((status = 200, body = Page<DocumentRequest>)))]
pub async fn list_document_requests(
    scope: Scope<DocumentsView>,
    Query(query): Query<RequestQuery>,
) -> Result<Answer, ApiError> {
    let condition = query.condition(&scope)?;
    let listing = query.listing()?;
    let all = Searched { rows: scope.select::<Entity>(), found: None };
    let position = |row: &Model, key: RequestOrder| (key.value(row), row.id);
    let mut page = listing.read(scope.db(), all, condition, "document_requests", position).await?;
    let rows = std::mem::take(&mut page.items);
    let items = store::views(&scope, scope.db(), rows).await?;
    Answer::ok(&page.with(items))
}
