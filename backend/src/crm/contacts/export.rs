//! `GET /api/exports/contacts`

use super::entity::{Entity, Model};
use super::list::ContactQuery;
use super::store;
use crate::auth::{Scope, TenantScope, permissions::ContactsView};
use crate::crm::client::Names;
use crate::error::ApiError;
use crate::exports::{self, Cell, Column, ExportAnswers, ExportQuery, List, RawQuery, column};
use crate::http::answer::Stream;
use ebenezer_shared::crm::contact::ContactSummary;
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use ebenezer_shared::texts::contacts as c;
use sea_orm::Select;

/// The people as the list shows them, all pages of it, as a file. Tax numbers stay masked.
#[utoipa::path(
    get,
    path = "/api/exports/contacts",
    tag = "exports",
    params(ContactQuery, ExportQuery),
    responses(ExportAnswers)
)]
pub async fn export_contacts(
    scope: Scope<ContactsView>,
    query: RawQuery,
) -> Result<Stream, ApiError> {
    exports::answer::<Contacts>(scope, query).await
}

/// The list of contacts.
pub struct Contacts;

/// A person with the names that the list shows.
pub struct Row {
    it: ContactSummary,
    department: Option<String>,
    owner: Option<String>,
}

impl List for Contacts {
    type Needs = ContactsView;
    type Entity = Entity;
    type Query = ContactQuery;
    type Item = Row;
    const KIND: &'static str = "contact";
    const TITLE: Text = c::TITLE;
    const COLUMNS: &'static [Column<Row>] = &[
        column("name", c::NAME, |row, _| {
            format!("{} {}", row.it.first_name, row.it.last_name).into()
        }),
        column("first_name", c::FIRST_NAME, |row, _| row.it.first_name.clone().into()),
        column("last_name", c::LAST_NAME, |row, _| row.it.last_name.clone().into()),
        column("email", c::EMAIL_SHORT, |row, _| row.it.email.clone().into()),
        column("phone", c::PHONE, |row, _| row.it.phone_display.clone().into()),
        column("corporations", c::CORPORATIONS, |row, _| {
            Cell::several(row.it.corporations.iter().map(|it| it.name.as_str()))
        }),
        column("status", c::STATUS, |row, locale| Cell::word(row.it.status.text(), locale)),
        column("tags", texts::tags::TITLE, |row, _| {
            Cell::several(row.it.tags.iter().map(|tag| tag.name.as_str()))
        }),
        column("department", c::DEPARTMENT, |row, _| row.department.clone().into()),
        column("owner", c::OWNER, |row, _| row.owner.clone().into()),
        column("client_since", c::CLIENT_SINCE, |row, _| row.it.client_since.into()),
        column("city", texts::address::CITY, |row, _| row.it.city.clone().into()),
        column("region", texts::address::REGION, |row, _| row.it.region.clone().into()),
        column("ssn", c::SSN, |row, _| row.it.ssn.clone().into()),
        column("created_at", texts::record::CREATED, |row, _| row.it.created_at.into()),
        column("updated_at", texts::record::UPDATED, |row, _| row.it.updated_at.into()),
    ];
    const SHOWN: &'static [&'static str] =
        &["name", "email", "phone", "corporations", "status", "tags"];

    async fn meant(scope: &TenantScope, query: ContactQuery) -> Result<Select<Entity>, ApiError> {
        let listing = query.listing()?;
        let meant = store::meant(scope, &query.filter()?).await?;
        Ok(listing.order(meant, "contacts"))
    }

    async fn items(scope: &TenantScope, rows: Vec<Model>) -> Result<Vec<Row>, ApiError> {
        let departments = rows.iter().map(|row| row.department_id);
        let owners = rows.iter().map(|row| row.owner_id);
        let names = Names::of(scope, scope.db(), [], departments, owners).await?;
        let row = |it: ContactSummary| Row {
            department: names.department(it.department_id.map(Into::into)).map(|it| it.name),
            owner: names.colleague(it.owner_id.map(Into::into)).map(|it| it.full_name),
            it,
        };
        Ok(store::summaries(scope, rows).await?.into_iter().map(row).collect())
    }
}
