//! `GET /api/exports/documents`

use super::entity::{Entity, Model};
use super::list::DocumentQuery;
use super::store;
use crate::auth::{Scope, TenantScope, permissions::DocumentsView};
use crate::error::ApiError;
use crate::exports::{self, Cell, Column, ExportAnswers, ExportQuery, List, RawQuery, column};
use crate::http::answer::Stream;
use ebenezer_shared::crm::document::Document;
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use ebenezer_shared::texts::documents as d;
use sea_orm::{Condition, QueryFilter as _, Select};

/// What documents there are, of those that the caller sees: the list with all its pages as a file.
#[utoipa::path(
    get,
    path = "/api/exports/documents",
    tag = "exports",
    params(DocumentQuery, ExportQuery),
    responses(ExportAnswers)
)]
pub async fn export_documents(
    scope: Scope<DocumentsView>,
    query: RawQuery,
) -> Result<Stream, ApiError> {
    exports::answer::<Documents>(scope, query).await
}

/// The list of documents.
pub struct Documents;

impl List for Documents {
    type Needs = DocumentsView;
    type Entity = Entity;
    type Query = DocumentQuery;
    type Item = Document;
    const KIND: &'static str = "document";
    const TITLE: Text = d::TITLE;
    const COLUMNS: &'static [Column<Document>] = &[
        column("name", d::NAME, |row, _| row.name.clone().into()),
        column("client", d::CLIENT, |row, _| row.client.name.clone().into()),
        column("folder", d::FOLDER, |row, _| row.folder.name.clone().into()),
        column("department", d::DEPARTMENT, |row, _| {
            row.department.as_ref().map(|it| it.name.as_str()).into()
        }),
        column("kind", d::KIND, |row, locale| Cell::word(row.kind.text(), locale)),
        column("size", d::SIZE_BYTES, |row, _| row.size.into()),
        column("shared", d::SHARED, |row, locale| Cell::yes_or_no(row.shared_with_portal, locale)),
        column("note", d::NOTE, |row, _| row.note.clone().into()),
        column("uploaded_by", d::UPLOADED_BY, |row, _| {
            row.created_by.as_ref().map(|it| it.full_name.as_str()).into()
        }),
        column("created_at", texts::record::CREATED, |row, _| row.created_at.into()),
        column("updated_at", texts::record::UPDATED, |row, _| row.updated_at.into()),
        column("purged_on", d::PURGED_ON, |row, _| row.purged_on.into()),
    ];
    const SHOWN: &'static [&'static str] =
        &["name", "client", "folder", "size", "created_at", "shared"];

    async fn meant(scope: &TenantScope, query: DocumentQuery) -> Result<Select<Entity>, ApiError> {
        let (listing, found) = (query.listing()?, query.searched(scope)?);
        Ok(listing.order(found.all().filter(query.condition(scope)?), "documents"))
    }

    fn seen(scope: &TenantScope) -> Condition {
        store::visible(scope)
    }

    async fn items(scope: &TenantScope, rows: Vec<Model>) -> Result<Vec<Document>, ApiError> {
        Ok(store::views(scope, scope.db(), rows).await?)
    }
}
