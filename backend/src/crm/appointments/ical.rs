//! Appointments as other calendars read them (iCalendar, RFC 5545).

use super::entity::Model;
use super::rules;
use ebenezer_shared::crm::appointment::AppointmentStatus;
use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus, Property};

/// Who made the file, as RFC 5545 3.7.3 asks.
const PRODUCT: &str = "-//Ebenezer//Ebenezer//ES";

/// A calendar of these, with whom each is. It publishes, and asks for no answer; what is
/// cancelled is told as such, so that calendars take it out.
pub fn calendar<'a>(name: &str, rows: impl IntoIterator<Item = (&'a Model, String)>) -> String {
    let mut calendar = Calendar::empty();
    let head =
        [("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")];
    for (name, value) in head {
        calendar.append_property(Property::new(name, value));
    }
    calendar.name(name);
    for (row, with) in rows {
        calendar.push(event(row, &with));
    }
    calendar.to_string()
}

fn event(row: &Model, with: &str) -> Event {
    let mut event = Event::new();
    event
        .uid(&format!("{}@ebenezer", row.id))
        .summary(&row.title)
        .timestamp(row.updated_at)
        .last_modified(row.updated_at)
        .sequence(u32::try_from(row.version).unwrap_or(1).saturating_sub(1))
        .starts(row.starts_at)
        .ends(row.ends_at)
        .status(status(rules::status(row)));
    if let Some(place) = row.place.as_deref().or(row.video_url.as_deref()) {
        event.location(place);
    }
    if let Some(url) = &row.video_url {
        event.url(url);
    }
    if !with.is_empty() {
        event.description(with);
    }
    event.done()
}

const fn status(status: AppointmentStatus) -> EventStatus {
    match status {
        AppointmentStatus::Requested => EventStatus::Tentative,
        AppointmentStatus::Cancelled => EventStatus::Cancelled,
        AppointmentStatus::Scheduled
        | AppointmentStatus::Confirmed
        | AppointmentStatus::Done
        | AppointmentStatus::NoShow => EventStatus::Confirmed,
    }
}
