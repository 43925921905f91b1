//! Reading appointments.

use super::entity::{Column, Entity, Model};
use super::list::{AppointmentOrder, Filter};
use super::rules;
use crate::auth::TenantScope;
use crate::crm::client::{Client, Names};
use crate::db::{Conditions, Listing, searched};
use crate::deletions;
use crate::error::ApiError;
use chrono::{DateTime, Utc};
use ebenezer_shared::crm::appointment::{Appointment, LONGEST};
use ebenezer_shared::crm::staff::StaffRef;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::record::RecordType;
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait};
use uuid::Uuid;

/// The firm's appointment, locked against other writers when it is to be changed.
pub async fn find(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
    lock: bool,
) -> Result<Model, ApiError> {
    deletions::find::<Entity>(scope, db, RecordType::Appointment, id, lock).await
}

/// One page of the list: five queries, whatever its size.
pub async fn list(
    scope: &TenantScope,
    filter: &Filter,
    listing: &Listing<AppointmentOrder>,
) -> Result<Page<Appointment>, ApiError> {
    let words = filter.search.as_ref();
    let all = searched::<Entity>(scope.db(), scope.tenant_id(), "appointments", words, None);
    let conditions = Conditions::from(condition(filter));
    let position = |row: &Model, key: AppointmentOrder| (key.value(row), row.id);
    let mut page = listing.read(scope.db(), all, conditions, "appointments", position).await?;
    let rows = std::mem::take(&mut page.items);
    let items = views(scope, scope.db(), rows).await?;
    Ok(page.with(items))
}

/// Which appointments a filter means.
pub fn condition(filter: &Filter) -> Condition {
    let client = filter.client.map(Client::columns).unwrap_or_default();
    let mut all = within(filter.from, filter.to)
        .add_option(filter.staff.map(|id| Column::StaffId.eq(id)))
        .add_option(client.0.map(|id| Column::ContactId.eq(id)))
        .add_option(client.1.map(|id| Column::CorporationId.eq(id)))
        .add_option(filter.external_id.as_ref().map(|id| Column::ExternalId.eq(id)))
        .add_option(filter.updated_since.map(|since| Column::UpdatedAt.gte(since)));
    if let Some(statuses) = &filter.statuses {
        all = all.add(Column::Status.is_in(statuses.iter().map(|status| status.as_str())));
    }
    all
}

/// Those that take some of the time from `from` until before `to`. None takes longer than
/// [`LONGEST`], so the index by start serves both ends.
pub fn within(from: Option<DateTime<Utc>>, to: Option<DateTime<Utc>>) -> Condition {
    Condition::all()
        .add_option(from.map(|at| Column::StartsAt.gt(at - LONGEST)))
        .add_option(from.map(|at| Column::EndsAt.gt(at)))
        .add_option(to.map(|at| Column::StartsAt.lt(at)))
}

/// The appointment as the API shows it.
pub async fn view(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    row: Model,
) -> Result<Appointment, ApiError> {
    let mut views = views(scope, db, vec![row]).await?;
    views.pop().ok_or_else(|| anyhow::anyhow!("an appointment without a view").into())
}

/// The appointments as the API shows them.
pub async fn views(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    rows: Vec<Model>,
) -> Result<Vec<Appointment>, ApiError> {
    let clients: Vec<_> = rows.iter().filter_map(Model::client).collect();
    let team = rows.iter().map(|row| Some(row.staff_id));
    let names = Names::of(scope, db, clients, [], team).await?;
    let nameless = |id: Uuid| StaffRef { id: id.into(), full_name: String::new() };
    let view = |row: Model| Appointment {
        id: row.id.into(),
        staff: names.colleague(Some(row.staff_id)).unwrap_or_else(|| nameless(row.staff_id)),
        client: row.client().map(|client| names.client(client)),
        status: rules::status(&row),
        remind_minutes: rules::reminder(&row),
        title: row.title,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        place: row.place,
        video_url: row.video_url,
        notes: row.notes,
        reminded_at: row.reminded_at,
        external_id: row.external_id,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    };
    Ok(rows.into_iter().map(view).collect())
}
