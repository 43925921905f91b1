//! `GET /api/exports/appointments`

use super::entity::{Entity, Model};
use super::list::AppointmentQuery;
use super::store;
use crate::auth::{Scope, TenantScope, permissions::AppointmentsView};
use crate::db::searched;
use crate::error::ApiError;
use crate::exports::{self, Cell, Column, ExportAnswers, ExportQuery, List, RawQuery, column};
use crate::http::answer::Stream;
use ebenezer_shared::crm::appointment::Appointment;
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use ebenezer_shared::texts::appointments as a;
use sea_orm::{QueryFilter as _, Select};

/// The appointments, those first that begin first, as a file.
#[utoipa::path(
    get,
    path = "/api/exports/appointments",
    tag = "exports",
    params(AppointmentQuery, ExportQuery),
    responses(ExportAnswers)
)]
pub async fn export_appointments(
    scope: Scope<AppointmentsView>,
    query: RawQuery,
) -> Result<Stream, ApiError> {
    exports::answer::<Appointments>(scope, query).await
}

/// The list of appointments.
pub struct Appointments;

impl List for Appointments {
    type Needs = AppointmentsView;
    type Entity = Entity;
    type Query = AppointmentQuery;
    type Item = Appointment;
    const KIND: &'static str = "appointment";
    const TITLE: Text = a::UPCOMING;
    const COLUMNS: &'static [Column<Appointment>] = &[
        column("title", a::WHAT, |row, _| row.title.clone().into()),
        column("starts_at", a::STARTS_AT, |row, _| row.starts_at.into()),
        column("ends_at", a::ENDS_AT, |row, _| row.ends_at.into()),
        column("client", a::CLIENT, |row, _| {
            row.client.as_ref().map(|client| client.name.as_str()).into()
        }),
        column("staff", a::STAFF, |row, _| row.staff.full_name.clone().into()),
        column("place", a::PLACE, |row, _| row.place.clone().into()),
        column("video_url", a::VIDEO_URL, |row, _| row.video_url.clone().into()),
        column("status", a::STATUS, |row, locale| Cell::word(row.status.text(), locale)),
        column("notes", a::NOTES, |row, _| row.notes.clone().into()),
        column("created_at", texts::record::CREATED, |row, _| row.created_at.into()),
        column("updated_at", texts::record::UPDATED, |row, _| row.updated_at.into()),
    ];
    const SHOWN: &'static [&'static str] =
        &["title", "starts_at", "ends_at", "client", "staff", "place", "status"];

    async fn meant(
        scope: &TenantScope,
        query: AppointmentQuery,
    ) -> Result<Select<Entity>, ApiError> {
        let (listing, filter) = (query.listing()?, query.filter()?);
        let (tenant, words) = (scope.tenant_id(), filter.search.as_ref());
        let found = searched::<Entity>(scope.db(), tenant, "appointments", words, None).all();
        Ok(listing.order(found.filter(store::condition(&filter)), "appointments"))
    }

    async fn items(scope: &TenantScope, rows: Vec<Model>) -> Result<Vec<Appointment>, ApiError> {
        store::views(scope, scope.db(), rows).await
    }
}
