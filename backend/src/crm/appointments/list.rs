//! `GET /api/appointments`

use super::entity::Model;
use super::store;
use crate::auth::{Scope, permissions::AppointmentsView};
use crate::crm::client::Client;
use crate::db::{CursorKind, Listing, Order, SortKey, Words, line, several, since, stamp};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Query;
use chrono::{DateTime, Utc};
use ebenezer_shared::crm::appointment::{Appointment, AppointmentStatus};
use ebenezer_shared::ids::{ContactId, CorporationId, UserId};
use ebenezer_shared::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// By what the list can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppointmentOrder {
    StartsAt,
    Title,
    CreatedAt,
    UpdatedAt,
}

impl SortKey for AppointmentOrder {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("starts_at", Self::StartsAt),
        ("title", Self::Title),
        ("created_at", Self::CreatedAt),
        ("updated_at", Self::UpdatedAt),
    ];

    fn column(self) -> (&'static str, &'static str) {
        let column = match self {
            Self::StartsAt => "starts_at",
            Self::Title => "sort_name",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        };
        ("appointments", column)
    }

    fn cursor_kind(self) -> Option<CursorKind> {
        Some(if self == Self::Title { CursorKind::Text } else { CursorKind::Time })
    }
}

impl AppointmentOrder {
    /// The row's value, as a cursor carries it.
    pub(super) fn value(self, row: &Model) -> String {
        match self {
            Self::StartsAt => stamp(row.starts_at),
            Self::Title => row.sort_name.clone(),
            Self::CreatedAt => stamp(row.created_at),
            Self::UpdatedAt => stamp(row.updated_at),
        }
    }
}

#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AppointmentQuery {
    page: Option<u64>,
    page_size: Option<u64>,
    /// `starts_at`, `title`, `created_at`, `updated_at`; `-` before it turns it round; several
    /// with commas.
    ordering: Option<String>,
    cursor: Option<String>,
    /// Words in title, place and notes.
    search: Option<String>,
    /// One status, or several with commas; `coming` stands for all that are still to take
    /// place: requested, scheduled, confirmed.
    status: Option<String>,
    staff_id: Option<UserId>,
    contact_id: Option<ContactId>,
    corporation_id: Option<CorporationId>,
    /// Not over before that time (RFC 3339).
    from: Option<DateTime<Utc>>,
    /// Begun before that time (RFC 3339). With `from`: all that a calendar shows of that span.
    to: Option<DateTime<Utc>>,
    /// The id in another system, as it was given.
    external_id: Option<String>,
    /// Changed at that time or later (RFC 3339).
    updated_since: Option<DateTime<Utc>>,
}

/// Which appointments.
#[derive(Clone, Default)]
pub struct Filter {
    pub search: Option<Words>,
    pub statuses: Option<Vec<AppointmentStatus>>,
    pub staff: Option<Uuid>,
    pub client: Option<Client>,
    pub from: Option<DateTime<Utc>>,
    pub to: Option<DateTime<Utc>>,
    pub external_id: Option<String>,
    pub updated_since: Option<DateTime<Utc>>,
}

impl AppointmentQuery {
    /// 400 for a page or an order that there is not.
    pub fn listing(&self) -> Result<Listing<AppointmentOrder>, ApiError> {
        let next = Order { key: AppointmentOrder::StartsAt, descending: false };
        let (page, size) = (self.page, self.page_size);
        Listing::parse(page, size, self.ordering.as_deref(), self.cursor.clone(), next)
    }

    pub fn filter(self) -> Result<Filter, ApiError> {
        if self.contact_id.is_some() && self.corporation_id.is_some() {
            return Err(ApiError::query("corporation_id", "one_client"));
        }
        Ok(Filter {
            search: Words::of_query(self.search.as_deref())?,
            statuses: self.status.as_deref().map(statuses).transpose()?,
            staff: self.staff_id.map(Into::into),
            client: Client::named(self.contact_id, self.corporation_id)?,
            from: since("from", self.from)?,
            to: since("to", self.to)?,
            external_id: line("external_id", self.external_id)?,
            updated_since: since("updated_since", self.updated_since)?,
        })
    }
}

/// The statuses that are asked for.
fn statuses(text: &str) -> Result<Vec<AppointmentStatus>, ApiError> {
    let coming = ("coming", AppointmentStatus::is_coming as fn(AppointmentStatus) -> bool);
    several("status", text, AppointmentStatus::ALL, coming)
}

/// One page of the appointments, those first that begin first.
#[utoipa::path(get, path = "/api/appointments", tag = "appointments", params(AppointmentQuery),
    responses((status = 200, body = Page<Appointment>)))]
pub async fn list_appointments(
    scope: Scope<AppointmentsView>,
    Query(query): Query<AppointmentQuery>,
) -> Result<Answer, ApiError> {
    let listing = query.listing()?;
    let filter = query.filter()?;
    Answer::ok(&store::list(&scope, &filter, &listing).await?)
}
