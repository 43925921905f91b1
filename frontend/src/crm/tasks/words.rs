//! Tasks in words and colours.

use super::super::status::Status;
use crate::format;
use crate::state::clock::now;
use crate::state::{locale, t};
use crate::ui::{Choice, Tone};
use chrono::{DateTime, NaiveTime, Utc};
use ebenezer_shared::crm::task::{Frequency, TaskStatus};
use ebenezer_shared::locale::{Locale, Text};
use ebenezer_shared::texts::tasks as k;
use leptos::prelude::*;

impl Status for TaskStatus {
    fn text(self) -> Text {
        TaskStatus::text(self)
    }

    fn tone(self) -> Tone {
        match self {
            Self::Open | Self::Cancelled => Tone::Neutral,
            Self::InProgress => Tone::Info,
            Self::Done => Tone::Success,
        }
    }
}

/// The time of a task that is to be done in a day, whenever.
pub fn end_of_day() -> NaiveTime {
    NaiveTime::from_hms_opt(23, 59, 0).unwrap_or_default()
}

/// When it is to be done: `hoy`, `mañana, 14:30`, `17 mar 2026`.
pub fn due(locale: Locale, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (day, time) = format::local(at);
    let today = format::local(now).0;
    let day = match (day - today).num_days() {
        0 => k::TODAY.get(locale).to_owned(),
        1 => k::TOMORROW.get(locale).to_owned(),
        _ => format::date(locale, day),
    };
    if time == end_of_day() { day } else { format!("{day}, {}", time.format("%H:%M")) }
}

/// When it is to be done; in red when that has passed and it is still pending.
#[component]
pub fn Due(at: Option<DateTime<Utc>>, pending: bool) -> impl IntoView {
    at.map(|at| {
        let is_late = move || pending && at < now();
        view! {
            <span class="due" data-late=move || is_late().then_some("true")>
                {move || due(locale(), at, now())}
                <Show when=is_late>
                    <span class="visually-hidden">{t(k::OVERDUE)}</span>
                </Show>
            </span>
        }
    })
}

/// Every status to choose from.
pub fn statuses() -> Vec<Choice> {
    Choice::texts(TaskStatus::ALL.iter().map(|it| (it.as_str(), it.text())))
}

/// What a repetition is counted in.
pub fn units() -> Vec<Choice> {
    Choice::texts(Frequency::ALL.iter().map(|it| (it.as_str(), it.text())))
}
