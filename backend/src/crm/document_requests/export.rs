//! `GET /api/exports/document-requests`

use super::entity::{Entity, Model};
use super::list::RequestQuery;
use super::store;
use crate::auth::{Scope, TenantScope, permissions::DocumentsView};
use crate::error::ApiError;
use crate::exports::{self, Cell, Column, ExportAnswers, ExportQuery, List, RawQuery, column};
use crate::http::answer::Stream;
use ebenezer_shared::crm::document_request::DocumentRequest;
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use ebenezer_shared::texts::document_requests as r;
use sea_orm::{QueryFilter as _, Select};

/// What clients are asked for, the newest first, as a file.
#[utoipa::path(
    get,
    path = "/api/exports/document-requests",
    tag = "exports",
    params(RequestQuery, ExportQuery),
    responses(ExportAnswers)
)]
pub async fn export_document_requests(
    scope: Scope<DocumentsView>,
    query: RawQuery,
) -> Result<Stream, ApiError> {
    exports::answer::<Requests>(scope, query).await
}

/// The list of requests for documents.
pub struct Requests;

impl List for Requests {
    type Needs = DocumentsView;
    type Entity = Entity;
    type Query = RequestQuery;
    type Item = DocumentRequest;
    const KIND: &'static str = "document_request";
    const TITLE: Text = r::TITLE;
    const COLUMNS: &'static [Column<DocumentRequest>] = &[
        column("title", r::NAME, |row, _| row.title.clone().into()),
        column("client", texts::documents::CLIENT, |row, _| row.client.name.clone().into()),
        column("status", texts::cases::STATUS, |row, locale| {
            Cell::word(if row.is_overdue { r::OVERDUE } else { row.status.text() }, locale)
        }),
        column("due_on", r::DUE_ON, |row, _| row.due_on.into()),
        column("items", r::ITEMS, |row, _| {
            Cell::several(row.items.iter().map(|item| item.name.as_str()))
        }),
        column("received", r::RECEIVED_ITEMS, |row, _| row.fulfilled_count.into()),
        column("message", r::MESSAGE, |row, _| row.message.clone().into()),
        column("reminders", texts::audit::fields::REMINDER_COUNT, |row, _| {
            u64::from(row.reminder_count).into()
        }),
        column("completed_at", texts::audit::fields::COMPLETED_AT, |row, _| {
            row.completed_at.into()
        }),
        column("created_by", texts::audit::fields::CREATED_BY, |row, _| {
            row.created_by.as_ref().map(|it| it.full_name.as_str()).into()
        }),
        column("created_at", texts::record::CREATED, |row, _| row.created_at.into()),
        column("updated_at", texts::record::UPDATED, |row, _| row.updated_at.into()),
    ];
    const SHOWN: &'static [&'static str] =
        &["title", "client", "status", "due_on", "items", "received", "created_at"];

    async fn meant(scope: &TenantScope, query: RequestQuery) -> Result<Select<Entity>, ApiError> {
        let which = query.condition(scope)?;
        Ok(query.listing()?.order(scope.select::<Entity>().filter(which), "document_requests"))
    }

    async fn items(
        scope: &TenantScope,
        rows: Vec<Model>,
    ) -> Result<Vec<DocumentRequest>, ApiError> {
        Ok(store::views(scope, scope.db(), rows).await?)
    }
}
