//! What the cards say.

use crate::api::QueryString;
use crate::crm::cases::{DueDay, title};
use crate::format;
use crate::routes::Route;
use crate::state::{locale, t};
use ebenezer_shared::crm::case::CaseSummary;
use ebenezer_shared::crm::dashboard::{Dashboard, DashboardCard, StatusCount, Workload};
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts::dashboard as d;
use leptos::prelude::*;

/// What a card is called.
pub const fn name(card: DashboardCard) -> Text {
    match card {
        DashboardCard::ActiveCases => d::ACTIVE_CASES,
        DashboardCard::AppointmentsToday => d::APPOINTMENTS_TODAY,
        DashboardCard::PendingTasks => d::PENDING_TASKS,
        DashboardCard::Messages => d::MESSAGES,
        DashboardCard::CasesByStatus => d::CASES_BY_STATUS,
        DashboardCard::Workload => d::WORKLOAD,
        DashboardCard::Deadlines => d::DEADLINES,
    }
}

/// Where what it shows is.
pub fn behind(card: DashboardCard) -> String {
    match card {
        DashboardCard::ActiveCases | DashboardCard::Workload => {
            open_cases("").on(&Route::Cases.path())
        }
        DashboardCard::AppointmentsToday => {
            QueryString::new().with("view", "day").on(&Route::Calendar.path())
        }
        DashboardCard::PendingTasks => Route::Tasks.path(),
        DashboardCard::Messages => Route::Messages.path(),
        DashboardCard::CasesByStatus => Route::CaseBoard.path(),
        DashboardCard::Deadlines => open_cases("due_on").on(&Route::Cases.path()),
    }
}

fn open_cases(ordering: &str) -> QueryString {
    QueryString::new().with("status", "open").with_text("ordering", ordering)
}

/// A figure and what is said below it.
pub fn figure(card: DashboardCard, shown: &Dashboard) -> Option<(u64, AnyView)> {
    match card {
        DashboardCard::ActiveCases => {
            let cases = shown.active_cases.clone()?;
            let said = cases.change_percent.map(|change| {
                let tone = if change < 0 { "down" } else { "up" };
                view! { <span data-change=tone>{move || d::change(locale(), signed(change))}</span> }
            });
            Some((cases.count, said.into_any()))
        }
        DashboardCard::AppointmentsToday => {
            let today = shown.appointments_today.clone()?;
            let said = move || match today.next_at {
                Some(at) => d::next(locale(), format::time(locale(), at)),
                None => d::NO_NEXT.get(locale()).to_owned(),
            };
            Some((today.count, said.into_any()))
        }
        DashboardCard::PendingTasks => {
            let tasks = shown.pending_tasks.clone()?;
            let late = (tasks.overdue > 0).then_some("true");
            let said = move || d::overdue(locale(), tasks.overdue);
            Some((tasks.count, view! { <span data-late=late>{said}</span> }.into_any()))
        }
        DashboardCard::Messages => {
            let messages = shown.messages?;
            let unread = messages.unread;
            let said = (unread > 0).then(|| {
                view! { <span data-change="up">{move || d::unread(locale(), unread)}</span> }
            });
            Some((messages.count, said.into_any()))
        }
        _ => None,
    }
}

/// `+12 %`, as its language writes it.
fn signed(change: i64) -> String {
    if change > 0 { format!("+{change}") } else { change.to_string() }
}

/// What a card of several lines shows.
pub fn panel(card: DashboardCard, shown: &Dashboard) -> Option<AnyView> {
    match card {
        DashboardCard::CasesByStatus => shown.cases_by_status.clone().map(statuses),
        DashboardCard::Workload => shown.workload.clone().map(workload),
        DashboardCard::Deadlines => shown.deadlines.clone().map(deadlines),
        _ => None,
    }
}

/// A part of the most there is, for the width of a bar.
#[expect(clippy::cast_precision_loss, reason = "a width")]
fn width(count: u64, most: u64) -> String {
    format!("{:.2}%", 100.0 * count as f64 / most.max(1) as f64)
}

fn bar(label: impl IntoView, href: String, count: u64, most: u64, said: impl IntoView) -> AnyView {
    view! {
        <li class="bar-line">
            <a class="bar-label plain-link" href=href>{label.into_any()}</a>
            <span class="bar" aria-hidden="true">
                <span class="bar-fill" style:inline-size=width(count, most)></span>
            </span>
            <span class="bar-count">{said.into_any()}</span>
        </li>
    }
    .into_any()
}

fn statuses(all: Vec<StatusCount>) -> AnyView {
    let most = all.iter().map(|it| it.count).max().unwrap_or_default();
    let line = |it: StatusCount| {
        let query = QueryString::new().with("status", it.status.as_str());
        bar(t(it.status.text()), query.on(&Route::Cases.path()), it.count, most, it.count)
    };
    view! { <ul class="bars">{all.into_iter().map(line).collect::<Vec<_>>()}</ul> }.into_any()
}

fn workload(all: Vec<Workload>) -> AnyView {
    if all.is_empty() {
        return view! { <p class="quiet">{t(d::NO_WORKLOAD)}</p> }.into_any();
    }
    let most = all.iter().map(|it| it.cases + it.tasks).max().unwrap_or_default();
    let line = |it: Workload| {
        let query = open_cases("due_on").with("assignee_id", it.staff.id);
        let said = move || {
            let (cases, tasks) = (d::cases(locale(), it.cases), d::tasks(locale(), it.tasks));
            format!("{cases} · {tasks}")
        };
        bar(it.staff.full_name, query.on(&Route::Cases.path()), it.cases + it.tasks, most, said)
    };
    view! { <ul class="bars" data-wide="true">{all.into_iter().map(line).collect::<Vec<_>>()}</ul> }
        .into_any()
}

fn deadlines(all: Vec<CaseSummary>) -> AnyView {
    if all.is_empty() {
        return view! { <p class="quiet">{t(d::NO_DEADLINES)}</p> }.into_any();
    }
    let line = |it: CaseSummary| {
        let (kind, year, period) = (it.kind, it.tax_year, it.period);
        view! {
            <li class="record-line">
                <DueDay day=it.due_on can_be_late=it.status.can_be_late()/>
                <a class="plain-link" href=Route::Case(it.id).path()>{it.client.name}</a>
                <span class="quiet">{move || title(locale(), kind, year, period)}</span>
            </li>
        }
    };
    view! { <ul class="record-lines">{all.into_iter().map(line).collect::<Vec<_>>()}</ul> }
        .into_any()
}
