//! `GET /api/documents`

use super::entity::{Column, Entity, Model};
use super::store;
use crate::auth::{Scope, TenantScope, permissions::DocumentsView};
use crate::crm::client::Client;
use crate::crm::folders::sight::visible_ids;
use crate::crm::folders::store::of_client;
use crate::db::{CursorKind, Listing, Order, Searched, SortKey, Words, searched, since, stamp};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Query;
use chrono::{DateTime, Utc};
use ebenezer_shared::crm::document::{Document, DocumentKind};
use ebenezer_shared::ids::{ContactId, CorporationId, DepartmentId, FolderId};
use ebenezer_shared::pagination::Page;
use sea_orm::{ColumnTrait as _, Condition};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// By what the list can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentOrder {
    Name,
    CreatedAt,
    UpdatedAt,
}

impl SortKey for DocumentOrder {
    const NAMES: &'static [(&'static str, Self)] =
        &[("name", Self::Name), ("created_at", Self::CreatedAt), ("updated_at", Self::UpdatedAt)];

    fn column(self) -> (&'static str, &'static str) {
        let column = match self {
            Self::Name => "sort_name",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        };
        ("documents", column)
    }

    fn cursor_kind(self) -> Option<CursorKind> {
        Some(match self {
            Self::Name => CursorKind::Text,
            Self::CreatedAt | Self::UpdatedAt => CursorKind::Time,
        })
    }
}

impl DocumentOrder {
    fn value(self, row: &Model) -> String {
        match self {
            Self::Name => row.sort_name.clone(),
            Self::CreatedAt => stamp(row.created_at),
            Self::UpdatedAt => stamp(row.updated_at),
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DocumentQuery {
    page: Option<u64>,
    page_size: Option<u64>,
    /// `name`, `created_at`, `updated_at`; `-` before it turns it round.
    ordering: Option<String>,
    cursor: Option<String>,
    /// Words in name and note.
    search: Option<String>,
    folder_id: Option<FolderId>,
    contact_id: Option<ContactId>,
    corporation_id: Option<CorporationId>,
    department_id: Option<DepartmentId>,
    kind: Option<DocumentKind>,
    shared_with_portal: Option<bool>,
    /// Those in the trash; without it those that are not.
    trashed: Option<bool>,
    /// Changed at that time or later (RFC 3339). Ask from a minute before the last answer: a change
    /// is seen when its transaction ends, a little after the time that it carries.
    updated_since: Option<DateTime<Utc>>,
}

impl DocumentQuery {
    /// 400 for a page or an order that there is not.
    pub fn listing(&self) -> Result<Listing<DocumentOrder>, ApiError> {
        let by_name = Order { key: DocumentOrder::Name, descending: false };
        let (page, size) = (self.page, self.page_size);
        Listing::parse(page, size, self.ordering.as_deref(), self.cursor.clone(), by_name)
    }

    /// Those that hold the words that are searched for.
    pub fn searched(&self, scope: &TenantScope) -> Result<Searched<Entity>, ApiError> {
        let words = Words::of_query(self.search.as_deref())?;
        Ok(searched(scope.db(), scope.tenant_id(), "documents", words.as_ref(), None))
    }

    pub fn condition(&self, scope: &TenantScope) -> Result<Condition, ApiError> {
        if self.contact_id.is_some() && self.corporation_id.is_some() {
            return Err(ApiError::query("corporation_id", "one_client"));
        }
        let client = Client::named(self.contact_id, self.corporation_id)?;
        let mut all = Condition::all();
        all = if self.trashed.unwrap_or_default() {
            all.add(Column::TrashedAt.is_not_null())
        } else {
            all.add(Column::TrashedAt.is_null())
        };
        if let Some(folder) = self.folder_id {
            all = all.add(Column::FolderId.eq(Uuid::from(folder)));
        }
        if client.is_some() || self.department_id.is_some() {
            let department = self.department_id.map(Uuid::from);
            let department =
                department.map(|id| crate::crm::folders::entity::Column::DepartmentId.eq(id));
            let which = client.map_or_else(Condition::all, of_client).add_option(department);
            all = all.add(Column::FolderId.in_subquery(visible_ids(scope, which)));
        } else {
            all = all.add(store::visible(scope));
        }
        if let Some(kind) = self.kind {
            all = all.add(Column::Kind.eq(kind.as_str()));
        }
        if let Some(shared) = self.shared_with_portal {
            all = all.add(Column::SharedWithPortal.eq(shared));
        }
        if let Some(since) = since("updated_since", self.updated_since)? {
            all = all.add(Column::UpdatedAt.gte(since));
        }
        Ok(all)
    }
}

/// One page of the documents that the caller sees.
#[utoipa::path(get, path = "/api/documents", tag = "documents", params(DocumentQuery),
    responses((status = 200, body = Page<Document>)))]
pub async fn list_documents(
    scope: Scope<DocumentsView>,
    Query(query): Query<DocumentQuery>,
) -> Result<Answer, ApiError> {
    let condition = query.condition(&scope)?;
    let (listing, found) = (query.listing()?, query.searched(&scope)?);
    let position = |row: &Model, key: DocumentOrder| (key.value(row), row.id);
    let mut page = listing.read(scope.db(), found, condition, "documents", position).await?;
    let rows = std::mem::take(&mut page.items);
    let items = store::views(&scope, scope.db(), rows).await?;
    Answer::ok(&page.with(items))
}
