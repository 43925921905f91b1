//! Cases in words and colours.

use super::super::status::Status;
use crate::state::clock::now;
use crate::state::{locale, t, use_session};
use crate::ui::{Badge, Choice, DateView, Tone};
use chrono::NaiveDate;
pub use ebenezer_shared::crm::case::title;
use ebenezer_shared::crm::case::{CaseStatus, CaseSummary, CaseType, TaxPeriod};
use ebenezer_shared::crm::priority::Priority;
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts::cases as c;
use leptos::prelude::*;

impl Status for CaseStatus {
    fn text(self) -> Text {
        CaseStatus::text(self)
    }

    fn tone(self) -> Tone {
        match self {
            Self::Intake | Self::Closed => Tone::Neutral,
            Self::WaitingDocuments => Tone::Warning,
            Self::InPreparation | Self::InReview | Self::ReadyToSign => Tone::Info,
            Self::Filed | Self::Accepted => Tone::Success,
            Self::Rejected => Tone::Danger,
        }
    }
}

/// The case by what it is about and whose it is.
pub fn full_title(row: &CaseSummary) -> String {
    let about = title(untrack(locale), row.kind, row.tax_year, row.period);
    format!("{about} · {}", client_names(row))
}

/// The client, with the other person of a joint return.
pub fn client_names(row: &CaseSummary) -> String {
    match &row.joint_contact {
        Some(other) => format!("{} + {}", row.client.name, other.name),
        None => row.client.name.clone(),
    }
}

/// How pressing it is; nothing for what is as usual.
#[component]
pub fn PriorityMark(priority: Priority) -> impl IntoView {
    let tone = match priority {
        Priority::Normal | Priority::Low => return None,
        Priority::High => Tone::Warning,
        Priority::Urgent => Tone::Danger,
    };
    Some(view! { <Badge tone>{t(priority.text())}</Badge> })
}

/// The day on which it is due; in red when that has passed and it can be late.
#[component]
pub fn DueDay(day: Option<NaiveDate>, can_be_late: bool) -> impl IntoView {
    let session = use_session();
    day.map(|day| {
        let is_late = move || {
            let zone = session.tenant().map(|tenant| tenant.time_zone);
            can_be_late && day < crate::format::today(now(), zone.as_deref())
        };
        view! {
            <span class="due" data-late=move || is_late().then_some("true")>
                <DateView day/>
                <Show when=is_late>
                    <span class="visually-hidden">{t(c::OVERDUE)}</span>
                </Show>
            </span>
        }
    })
}

/// Every type to choose from.
pub fn types() -> Vec<Choice> {
    Choice::texts(CaseType::ALL.iter().map(|it| (it.as_str(), it.text())))
}

/// Every status to choose from.
pub fn statuses() -> Vec<Choice> {
    Choice::texts(CaseStatus::ALL.iter().map(|it| (it.as_str(), it.text())))
}

/// Every priority to choose from.
pub fn priorities() -> Vec<Choice> {
    Choice::texts(Priority::ALL.iter().map(|it| (it.as_str(), it.text())))
}

/// The periods for which the type is filed.
pub fn periods(kind: CaseType) -> Vec<Choice> {
    let locale = locale();
    let taken = TaxPeriod::ALL.iter().filter(|period| kind.takes(**period));
    taken.map(|period| Choice::new(period.as_str(), period.label(locale))).collect()
}
