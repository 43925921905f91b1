//! `GET /api/folders`

use super::entity::{Column, Model};
use super::sight::visible;
use super::store;
use crate::auth::{Scope, permissions::DocumentsView};
use crate::crm::client::Client;
use crate::db::{CursorKind, Listing, Order, Searched, SortKey, since, stamp};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Query;
use chrono::{DateTime, Utc};
use ebenezer_shared::crm::folder::Folder;
use ebenezer_shared::ids::{ContactId, CorporationId, DepartmentId, FolderId};
use ebenezer_shared::pagination::Page;
use sea_orm::{ColumnTrait as _, Condition, QueryFilter as _, QueryOrder as _};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// By what the list can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FolderOrder {
    Name,
    CreatedAt,
    UpdatedAt,
}

impl SortKey for FolderOrder {
    const NAMES: &'static [(&'static str, Self)] =
        &[("name", Self::Name), ("created_at", Self::CreatedAt), ("updated_at", Self::UpdatedAt)];

    fn column(self) -> (&'static str, &'static str) {
        let column = match self {
            Self::Name => "sort_name",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        };
        ("folders", column)
    }

    fn cursor_kind(self) -> Option<CursorKind> {
        Some(match self {
            Self::Name => CursorKind::Text,
            Self::CreatedAt | Self::UpdatedAt => CursorKind::Time,
        })
    }
}

impl FolderOrder {
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
pub struct FolderQuery {
    page: Option<u64>,
    /// Of one client all folders are answered without page and size.
    page_size: Option<u64>,
    /// `name`, `created_at`, `updated_at`; `-` before it turns it round. Of one client they
    /// come in their own order without it.
    ordering: Option<String>,
    cursor: Option<String>,
    contact_id: Option<ContactId>,
    corporation_id: Option<CorporationId>,
    department_id: Option<DepartmentId>,
    /// The folder that they lie in.
    parent_id: Option<FolderId>,
    /// Changed at that time or later (RFC 3339). Ask from a minute before the last answer: a change
    /// is seen when its transaction ends, a little after the time that it carries.
    updated_since: Option<DateTime<Utc>>,
}

impl FolderQuery {
    fn client(&self) -> Result<Option<Client>, ApiError> {
        if self.contact_id.is_some() && self.corporation_id.is_some() {
            return Err(ApiError::query("corporation_id", "one_client"));
        }
        Client::named(self.contact_id, self.corporation_id)
    }

    fn condition(&self, client: Option<Client>) -> Result<Condition, ApiError> {
        let mut all = Condition::all();
        if let Some(client) = client {
            all = all.add(store::of_client(client));
        }
        if let Some(department) = self.department_id {
            all = all.add(Column::DepartmentId.eq(Uuid::from(department)));
        }
        if let Some(parent) = self.parent_id {
            all = all.add(Column::ParentId.eq(Uuid::from(parent)));
        }
        if let Some(since) = since("updated_since", self.updated_since)? {
            all = all.add(Column::UpdatedAt.gte(since));
        }
        Ok(all)
    }

    fn is_whole(&self) -> bool {
        self.page.is_none()
            && self.page_size.is_none()
            && self.ordering.is_none()
            && self.cursor.is_none()
    }
}

/// The folders that the caller sees: those of their department and those of none.
#[utoipa::path(get, path = "/api/folders", tag = "folders", params(FolderQuery),
    responses((status = 200, body = Page<Folder>)))]
pub async fn list_folders(
    scope: Scope<DocumentsView>,
    Query(query): Query<FolderQuery>,
) -> Result<Answer, ApiError> {
    let client = query.client()?;
    let condition = query.condition(client)?;
    if client.is_some() && query.is_whole() {
        let rows = visible(&scope).filter(condition).order_by_asc(Column::Position);
        let rows = rows.order_by_asc(Column::SortName).order_by_asc(Column::Id);
        let rows = rows.all(scope.db()).await?;
        return Answer::ok(&Page::whole(store::views(&scope, scope.db(), rows).await?));
    }
    let by_name = Order { key: FolderOrder::Name, descending: false };
    let ordering = query.ordering.as_deref();
    let listing = Listing::parse(query.page, query.page_size, ordering, query.cursor, by_name)?;
    let all = Searched { rows: visible(&scope), found: None };
    let position = |row: &Model, key: FolderOrder| (key.value(row), row.id);
    let mut page = listing.read(scope.db(), all, condition, "folders", position).await?;
    let rows = std::mem::take(&mut page.items);
    let items = store::views(&scope, scope.db(), rows).await?;
    Answer::ok(&page.with(items))
}
