//! `GET /api/exports/cases`

use super::entity::{Entity, Model};
use super::list::CaseQuery;
use super::store;
use crate::auth::{Scope, TenantScope, permissions::CasesView};
use crate::error::ApiError;
use crate::exports::{self, Cell, Column, ExportAnswers, ExportQuery, List, RawQuery, column};
use crate::http::answer::Stream;
use ebenezer_shared::crm::case::{CaseSummary, title};
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use ebenezer_shared::texts::cases as c;
use sea_orm::{QueryFilter as _, Select};

/// The cases as the list shows them, all pages of it, as a file.
#[utoipa::path(
    get,
    path = "/api/exports/cases",
    tag = "exports",
    params(CaseQuery, ExportQuery),
    responses(ExportAnswers)
)]
pub async fn export_cases(scope: Scope<CasesView>, query: RawQuery) -> Result<Stream, ApiError> {
    exports::answer::<Cases>(scope, query).await
}

/// The list of cases.
pub struct Cases;

impl List for Cases {
    type Needs = CasesView;
    type Entity = Entity;
    type Query = CaseQuery;
    type Item = CaseSummary;
    const KIND: &'static str = "case";
    const TITLE: Text = c::TITLE;
    const COLUMNS: &'static [Column<CaseSummary>] = &[
        column("case", c::CASE, |row, locale| {
            title(locale, row.kind, row.tax_year, row.period).into()
        }),
        column("client", c::CLIENT, |row, _| match &row.joint_contact {
            Some(other) => format!("{} + {}", row.client.name, other.name).into(),
            None => row.client.name.clone().into(),
        }),
        column("type", c::TYPE, |row, locale| Cell::word(row.kind.text(), locale)),
        column("tax_year", c::TAX_YEAR, |row, _| u64::try_from(row.tax_year).ok().into()),
        column("period", c::PERIOD, |row, locale| row.period.label(locale).into()),
        column("status", c::STATUS, |row, locale| Cell::word(row.status.text(), locale)),
        column("due_on", c::DUE_ON, |row, _| row.due_on.into()),
        column("extended", c::EXTENDED, |row, locale| Cell::yes_or_no(row.is_extended, locale)),
        column("assignee", c::ASSIGNEE, |row, _| {
            row.assignee.as_ref().map(|it| it.full_name.as_str()).into()
        }),
        column("priority", c::PRIORITY, |row, locale| Cell::word(row.priority.text(), locale)),
        column("checklist", c::CHECKLIST, |row, locale| {
            // Not `2/5`, which a spreadsheet takes for a day in May.
            let (done, all) = (row.checklist_done, row.checklist_total);
            (all > 0).then(|| c::done_of(locale, all, done)).into()
        }),
        column("created_at", texts::record::CREATED, |row, _| row.created_at.into()),
        column("updated_at", texts::record::UPDATED, |row, _| row.updated_at.into()),
    ];
    const SHOWN: &'static [&'static str] =
        &["case", "client", "status", "due_on", "assignee", "priority", "checklist"];

    async fn meant(scope: &TenantScope, query: CaseQuery) -> Result<Select<Entity>, ApiError> {
        let listing = query.listing()?;
        let which = store::condition(scope, &query.filter(scope)?);
        Ok(listing.order(scope.select::<Entity>().filter(which), "cases"))
    }

    async fn items(scope: &TenantScope, rows: Vec<Model>) -> Result<Vec<CaseSummary>, ApiError> {
        store::summaries(scope, rows).await
    }
}
