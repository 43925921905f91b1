//! `GET /api/exports/corporations`

use super::entity::{Entity, Model};
use super::list::CorporationQuery;
use super::store;
use crate::auth::{Scope, TenantScope, permissions::CorporationsView};
use crate::error::ApiError;
use crate::exports::{self, Cell, Column, ExportAnswers, ExportQuery, List, RawQuery, column};
use crate::http::answer::Stream;
use ebenezer_shared::crm::corporation::CorporationSummary;
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use ebenezer_shared::texts::corporations as c;
use sea_orm::Select;

/// The companies as the list shows them, all pages of it, as a file. Tax numbers stay masked.
#[utoipa::path(
    get,
    path = "/api/exports/corporations",
    tag = "exports",
    params(CorporationQuery, ExportQuery),
    responses(ExportAnswers)
)]
pub async fn export_corporations(
    scope: Scope<CorporationsView>,
    query: RawQuery,
) -> Result<Stream, ApiError> {
    exports::answer::<Corporations>(scope, query).await
}

/// The list of corporations.
pub struct Corporations;

impl List for Corporations {
    type Needs = CorporationsView;
    type Entity = Entity;
    type Query = CorporationQuery;
    type Item = CorporationSummary;
    const KIND: &'static str = "corporation";
    const TITLE: Text = c::TITLE;
    const COLUMNS: &'static [Column<CorporationSummary>] = &[
        column("name", c::NAME, |row, _| row.name.clone().into()),
        column("legal_name", c::LEGAL_NAME, |row, _| row.legal_name.clone().into()),
        column("ein", c::EIN, |row, _| row.ein.clone().into()),
        column("type", c::TYPE, |row, locale| {
            row.kind.map(|kind| Cell::word(kind.text(), locale)).into()
        }),
        column("phone", c::PHONE, |row, _| row.phone_display.clone().into()),
        column("email", c::EMAIL, |row, _| row.email.clone().into()),
        column("people", c::PEOPLE, |row, _| row.contact_count.into()),
        column("status", c::STATUS, |row, locale| Cell::word(row.status.text(), locale)),
        column("tags", texts::tags::TITLE, |row, _| {
            Cell::several(row.tags.iter().map(|tag| tag.name.as_str()))
        }),
        column("industry", c::INDUSTRY, |row, _| row.industry.clone().into()),
        column("city", texts::address::CITY, |row, _| row.city.clone().into()),
        column("region", texts::address::REGION, |row, _| row.region.clone().into()),
        column("created_at", texts::record::CREATED, |row, _| row.created_at.into()),
        column("updated_at", texts::record::UPDATED, |row, _| row.updated_at.into()),
    ];
    const SHOWN: &'static [&'static str] =
        &["name", "ein", "type", "phone", "people", "status", "tags"];

    async fn meant(
        scope: &TenantScope,
        query: CorporationQuery,
    ) -> Result<Select<Entity>, ApiError> {
        let listing = query.listing()?;
        let meant = store::meant(scope, &query.filter()?).await?;
        Ok(listing.order(meant, "corporations"))
    }

    async fn items(
        scope: &TenantScope,
        rows: Vec<Model>,
    ) -> Result<Vec<CorporationSummary>, ApiError> {
        store::summaries(scope, rows).await
    }
}
