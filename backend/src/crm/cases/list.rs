//! `GET /api/cases`

use super::entity::Model;
use super::store;
use crate::auth::{Scope, TenantScope, permissions::CasesView};
use crate::db::{CursorKind, Listing, Order, SortKey, Words, line, several, since, stamp};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Query;
use chrono::{DateTime, NaiveDate, Utc};
use ebenezer_shared::crm::case::{CaseStatus, CaseSummary, CaseType};
use ebenezer_shared::crm::priority::Priority;
use ebenezer_shared::ids::{ContactId, CorporationId, DepartmentId, UserId};
use ebenezer_shared::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// By what the list can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseOrder {
    DueOn,
    TaxYear,
    Status,
    Priority,
    CreatedAt,
    UpdatedAt,
}

impl SortKey for CaseOrder {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("due_on", Self::DueOn),
        ("tax_year", Self::TaxYear),
        ("status", Self::Status),
        ("priority", Self::Priority),
        ("created_at", Self::CreatedAt),
        ("updated_at", Self::UpdatedAt),
    ];

    fn column(self) -> (&'static str, &'static str) {
        let column = match self {
            Self::DueOn => "due_on",
            Self::TaxYear => "tax_year",
            Self::Status => "status_rank",
            Self::Priority => "priority_rank",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        };
        ("cases", column)
    }

    fn cursor_kind(self) -> Option<CursorKind> {
        matches!(self, Self::CreatedAt | Self::UpdatedAt).then_some(CursorKind::Time)
    }
}

impl CaseOrder {
    /// The row's value, as a cursor carries it.
    pub(super) fn value(self, row: &Model) -> String {
        match self {
            Self::CreatedAt => stamp(row.created_at),
            Self::UpdatedAt => stamp(row.updated_at),
            _ => String::new(),
        }
    }
}

/// What narrows a list and the board alike.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct CaseQuery {
    page: Option<u64>,
    page_size: Option<u64>,
    /// `due_on`, `tax_year`, `status`, `priority`, `created_at`, `updated_at`; `-` before it
    /// turns it round; several with commas. Cases without a day come first in `due_on`.
    ordering: Option<String>,
    cursor: Option<String>,
    /// Words in name, email or phone of the clients.
    search: Option<String>,
    /// One status, or several with commas; `open` stands for all that are neither accepted nor
    /// closed.
    status: Option<String>,
    #[serde(rename = "type")]
    kind: Option<CaseType>,
    tax_year: Option<i32>,
    priority: Option<Priority>,
    /// As the client or as the other person of a joint return.
    contact_id: Option<ContactId>,
    corporation_id: Option<CorporationId>,
    assignee_id: Option<UserId>,
    department_id: Option<DepartmentId>,
    /// Due on that day or later.
    due_from: Option<NaiveDate>,
    /// Due on that day or earlier.
    due_to: Option<NaiveDate>,
    /// Those whose day has passed and that are not filed yet, or rejected.
    overdue: Option<bool>,
    /// The id in another system, as it was given.
    external_id: Option<String>,
    /// Changed at that time or later (RFC 3339). Ask from a minute before the last answer: a change
    /// is seen when its transaction ends, a little after the time that it carries.
    updated_since: Option<DateTime<Utc>>,
}

/// Which cases.
#[derive(Clone, Default)]
pub struct Filter {
    pub search: Option<Words>,
    pub statuses: Option<Vec<CaseStatus>>,
    pub kind: Option<CaseType>,
    pub tax_year: Option<i32>,
    pub priority: Option<Priority>,
    pub contact: Option<Uuid>,
    pub corporation: Option<Uuid>,
    pub assignee: Option<Uuid>,
    pub department: Option<Uuid>,
    pub due_from: Option<NaiveDate>,
    pub due_to: Option<NaiveDate>,
    pub external_id: Option<String>,
    pub updated_since: Option<DateTime<Utc>>,
}

impl CaseQuery {
    pub(super) fn listing(&self) -> Result<Listing<CaseOrder>, ApiError> {
        let newest = Order { key: CaseOrder::CreatedAt, descending: true };
        let (page, size) = (self.page, self.page_size);
        Listing::parse(page, size, self.ordering.as_deref(), self.cursor.clone(), newest)
    }

    pub(super) fn filter(self, scope: &TenantScope) -> Result<Filter, ApiError> {
        let mut filter = Filter {
            search: Words::of_query(self.search.as_deref())?,
            statuses: self.status.as_deref().map(statuses).transpose()?,
            kind: self.kind,
            tax_year: self.tax_year,
            priority: self.priority,
            contact: self.contact_id.map(Into::into),
            corporation: self.corporation_id.map(Into::into),
            assignee: self.assignee_id.map(Into::into),
            department: self.department_id.map(Into::into),
            due_from: self.due_from,
            due_to: self.due_to,
            external_id: line("external_id", self.external_id)?,
            updated_since: since("updated_since", self.updated_since)?,
        };
        if self.overdue == Some(true) {
            let yesterday = scope.today().pred_opt();
            filter.due_to = filter.due_to.into_iter().chain(yesterday).min();
            let all = filter.statuses.unwrap_or_else(|| CaseStatus::ALL.to_vec());
            filter.statuses = Some(all.into_iter().filter(|it| it.can_be_late()).collect());
        }
        Ok(filter)
    }
}

/// The statuses that are asked for.
fn statuses(text: &str) -> Result<Vec<CaseStatus>, ApiError> {
    several("status", text, CaseStatus::ALL, ("open", CaseStatus::is_open))
}

/// One page of the cases.
#[utoipa::path(get, path = "/api/cases", tag = "cases", params(CaseQuery),
    responses((status = 200, body = Page<CaseSummary>)))]
pub async fn list_cases(
    scope: Scope<CasesView>,
    Query(query): Query<CaseQuery>,
) -> Result<Answer, ApiError> {
    let listing = query.listing()?;
    let filter = query.filter(&scope)?;
    Answer::ok(&store::list(&scope, &filter, &listing).await?)
}
