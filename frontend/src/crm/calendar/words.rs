//! Appointments in words and colours.

use super::super::status::Status;
use crate::format;
use crate::ui::{Choice, Tone};
use chrono::{DateTime, NaiveTime, Utc};
use ebenezer_shared::crm::appointment::{Appointment, AppointmentStatus};
use ebenezer_shared::locale::{Locale, Text};
use ebenezer_shared::texts::appointments::reminders as r;

impl Status for AppointmentStatus {
    fn text(self) -> Text {
        AppointmentStatus::text(self)
    }

    fn tone(self) -> Tone {
        match self {
            Self::Requested => Tone::Warning,
            Self::Scheduled => Tone::Info,
            Self::Confirmed => Tone::Success,
            Self::Done | Self::Cancelled => Tone::Neutral,
            Self::NoShow => Tone::Danger,
        }
    }
}

/// Every status to choose from.
pub fn statuses() -> Vec<Choice> {
    Choice::texts(AppointmentStatus::ALL.iter().map(|it| (it.as_str(), it.text())))
}

/// How long before, in minutes, to choose from.
pub const REMINDERS: [(&str, Text); 5] = [
    ("15", r::MINUTES_15),
    ("60", r::HOUR),
    ("1440", r::DAY),
    ("2880", r::TWO_DAYS),
    ("10080", r::WEEK),
];

/// `14:30`
pub fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// From when to when: `14:30–15:15`.
pub fn times(appointment: &Appointment) -> String {
    let time = |at: DateTime<Utc>| clock(format::local(at).1);
    format!("{}–{}", time(appointment.starts_at), time(appointment.ends_at))
}

/// The day and the client, or the colleague, for who does not see where it stands.
pub fn beside(locale: Locale, appointment: &Appointment) -> String {
    let with = appointment.client.as_ref().map_or(&appointment.staff.full_name, |it| &it.name);
    let day = format::date(locale, format::local(appointment.starts_at).0);
    format!(", {with}, {day}")
}
