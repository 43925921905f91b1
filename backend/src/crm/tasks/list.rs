//! `GET /api/tasks`

use super::entity::Model;
use super::store;
use crate::auth::{Scope, TenantScope, permissions::TasksView};
use crate::crm::client::Client;
use crate::db::{CursorKind, Listing, Order, SortKey, Words, line, several, since, stamp};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Query;
use chrono::{DateTime, Utc};
use ebenezer_shared::crm::priority::Priority;
use ebenezer_shared::crm::task::{Task, TaskStatus};
use ebenezer_shared::ids::{CaseId, ContactId, CorporationId, UserId};
use ebenezer_shared::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// By what the list can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskOrder {
    DueAt,
    Title,
    Status,
    Priority,
    CreatedAt,
    UpdatedAt,
}

impl SortKey for TaskOrder {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("due_at", Self::DueAt),
        ("title", Self::Title),
        ("status", Self::Status),
        ("priority", Self::Priority),
        ("created_at", Self::CreatedAt),
        ("updated_at", Self::UpdatedAt),
    ];

    fn column(self) -> (&'static str, &'static str) {
        let column = match self {
            Self::DueAt => "due_sort",
            Self::Title => "sort_name",
            Self::Status => "status_rank",
            Self::Priority => "priority_rank",
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        };
        ("tasks", column)
    }

    fn cursor_kind(self) -> Option<CursorKind> {
        match self {
            Self::DueAt | Self::CreatedAt | Self::UpdatedAt => Some(CursorKind::Time),
            Self::Title => Some(CursorKind::Text),
            Self::Status | Self::Priority => None,
        }
    }
}

impl TaskOrder {
    /// The row's value, as a cursor carries it.
    pub(super) fn value(self, row: &Model) -> String {
        match self {
            Self::DueAt => stamp(row.due_sort),
            Self::Title => row.sort_name.clone(),
            Self::CreatedAt => stamp(row.created_at),
            Self::UpdatedAt => stamp(row.updated_at),
            Self::Status | Self::Priority => String::new(),
        }
    }
}

#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct TaskQuery {
    page: Option<u64>,
    page_size: Option<u64>,
    /// `due_at`, `title`, `status`, `priority`, `created_at`, `updated_at`; `-` before it turns
    /// it round; several with commas. Tasks without an end come last in `due_at`.
    ordering: Option<String>,
    cursor: Option<String>,
    /// Words in title and notes.
    search: Option<String>,
    /// One status, or several with commas; `pending` stands for open ones and those in
    /// progress.
    status: Option<String>,
    priority: Option<Priority>,
    assignee_id: Option<UserId>,
    /// About the person, or about their cases.
    contact_id: Option<ContactId>,
    /// About the company, or about its cases.
    corporation_id: Option<CorporationId>,
    case_id: Option<CaseId>,
    /// To be done at that time or later (RFC 3339).
    due_from: Option<DateTime<Utc>>,
    /// To be done before that time (RFC 3339).
    due_before: Option<DateTime<Utc>>,
    /// Pending ones whose time has passed.
    overdue: Option<bool>,
    /// The id in another system, as it was given.
    external_id: Option<String>,
    /// Changed at that time or later (RFC 3339). Ask from a minute before the last answer: a change
    /// is seen when its transaction ends, a little after the time that it carries.
    updated_since: Option<DateTime<Utc>>,
}

/// Which tasks.
#[derive(Clone, Default)]
pub struct Filter {
    pub search: Option<Words>,
    pub statuses: Option<Vec<TaskStatus>>,
    pub priority: Option<Priority>,
    pub assignee: Option<Uuid>,
    pub client: Option<Client>,
    pub case: Option<Uuid>,
    pub due_from: Option<DateTime<Utc>>,
    pub due_before: Option<DateTime<Utc>>,
    pub external_id: Option<String>,
    pub updated_since: Option<DateTime<Utc>>,
}

impl TaskQuery {
    /// 400 for a page or an order that there is not.
    pub fn listing(&self) -> Result<Listing<TaskOrder>, ApiError> {
        let next = Order { key: TaskOrder::DueAt, descending: false };
        let (page, size) = (self.page, self.page_size);
        Listing::parse(page, size, self.ordering.as_deref(), self.cursor.clone(), next)
    }

    pub fn filter(self, scope: &TenantScope) -> Result<Filter, ApiError> {
        if self.contact_id.is_some() && self.corporation_id.is_some() {
            return Err(ApiError::query("corporation_id", "one_client"));
        }
        let mut filter = Filter {
            search: Words::of_query(self.search.as_deref())?,
            statuses: self.status.as_deref().map(statuses).transpose()?,
            priority: self.priority,
            assignee: self.assignee_id.map(Into::into),
            client: Client::named(self.contact_id, self.corporation_id)?,
            case: self.case_id.map(Into::into),
            due_from: since("due_from", self.due_from)?,
            due_before: since("due_before", self.due_before)?,
            external_id: line("external_id", self.external_id)?,
            updated_since: since("updated_since", self.updated_since)?,
        };
        if self.overdue == Some(true) {
            filter.due_before = filter.due_before.into_iter().chain([scope.now()]).min();
            let all = filter.statuses.unwrap_or_else(|| TaskStatus::ALL.to_vec());
            filter.statuses = Some(all.into_iter().filter(|it| it.is_pending()).collect());
        }
        Ok(filter)
    }
}

/// The statuses that are asked for.
fn statuses(text: &str) -> Result<Vec<TaskStatus>, ApiError> {
    several("status", text, TaskStatus::ALL, ("pending", TaskStatus::is_pending))
}

/// One page of the tasks, those first whose time comes first.
#[utoipa::path(get, path = "/api/tasks", tag = "tasks", params(TaskQuery),
    responses((status = 200, body = Page<Task>)))]
pub async fn list_tasks(
    scope: Scope<TasksView>,
    Query(query): Query<TaskQuery>,
) -> Result<Answer, ApiError> {
    let listing = query.listing()?;
    let filter = query.filter(&scope)?;
    Answer::ok(&store::list(&scope, &filter, &listing).await?)
}
