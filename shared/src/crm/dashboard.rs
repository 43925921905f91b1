//! What is to be known at a glance.

use crate::crm::case::{CaseStatus, CaseSummary};
use crate::crm::note::Note;
use crate::crm::staff::StaffRef;
use crate::crm::thread::MessageCounts;
use crate::permission::{Module, named_enum};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_with_macros::apply;
use validator::{Validate, ValidationError};

named_enum! {
    /// A card of the dashboard.
    DashboardCard {
        ActiveCases = "active_cases",
        AppointmentsToday = "appointments_today",
        PendingTasks = "pending_tasks",
        Messages = "messages",
        CasesByStatus = "cases_by_status",
        Workload = "workload",
        Deadlines = "deadlines",
    }
}

impl DashboardCard {
    /// What one needs to see it.
    pub const fn module(self) -> Module {
        match self {
            Self::ActiveCases | Self::CasesByStatus | Self::Workload | Self::Deadlines => {
                Module::Cases
            }
            Self::AppointmentsToday => Module::Appointments,
            Self::PendingTasks => Module::Tasks,
            Self::Messages => Module::Messages,
        }
    }

    /// Whether it is one number.
    pub const fn is_figure(self) -> bool {
        matches!(
            self,
            Self::ActiveCases | Self::AppointmentsToday | Self::PendingTasks | Self::Messages
        )
    }
}

/// `GET /api/dashboard`. A part that the caller may not see is absent.
#[apply(
    crate = "serde_with_macros",
    Option => #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(nullable = false))],
)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Dashboard {
    pub active_cases: Option<ActiveCases>,
    pub appointments_today: Option<AppointmentsToday>,
    pub pending_tasks: Option<PendingTasks>,
    /// What others wrote in the last 30 days where the caller takes part, and what is unread.
    pub messages: Option<MessageCounts>,
    /// The caller's own sticky notes, pinned ones first; at most 24.
    pub notes: Option<Vec<Note>>,
    /// Open cases by how far they are, in the order of the work; those that hold none too.
    pub cases_by_status: Option<Vec<StatusCount>>,
    /// Who has how many open cases and pending tasks, whoever has most first; at most 10.
    pub workload: Option<Vec<Workload>>,
    /// The open cases whose day comes next, today's included; at most 6.
    pub deadlines: Option<Vec<CaseSummary>>,
    /// The order in which the caller wants the cards, every card once.
    pub cards: Vec<DashboardCard>,
}

/// Cases that are neither accepted nor closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActiveCases {
    pub count: u64,
    /// Cases opened in the last 30 days against the 30 days before; null when none was opened
    /// before.
    pub change_percent: Option<i64>,
}

/// Appointments of the firm's day that are not called off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppointmentsToday {
    pub count: u64,
    /// When the next of them begins; null when none is to come.
    pub next_at: Option<DateTime<Utc>>,
}

/// Tasks that are open or in progress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PendingTasks {
    pub count: u64,
    pub overdue: u64,
}

/// How many cases are so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatusCount {
    pub status: CaseStatus,
    pub count: u64,
}

/// What somebody has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Workload {
    pub staff: StaffRef,
    pub cases: u64,
    /// Zero for who may see no tasks.
    pub tasks: u64,
}

/// `PATCH /api/dashboard`: the order in which the caller wants the cards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DashboardCards {
    /// Those that are left out come after the others.
    #[validate(custom(function = "each_once"))]
    pub cards: Vec<DashboardCard>,
}

fn each_once(cards: &[DashboardCard]) -> Result<(), ValidationError> {
    let twice =
        cards.iter().enumerate().any(|(place, card)| cards.iter().take(place).any(|it| it == card));
    if twice { Err(ValidationError::new("already_related")) } else { Ok(()) }
}

/// All cards: those that are named first, in their order.
pub fn ordered(named: &[DashboardCard]) -> Vec<DashboardCard> {
    let others = DashboardCard::ALL.iter().filter(|card| !named.contains(card));
    named.iter().chain(others).copied().collect()
}
