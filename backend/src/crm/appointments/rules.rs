//! What an appointment must be.

use super::entity::Model;
use crate::db::normalize;
use crate::error::ApiError;
use chrono::{DateTime, TimeDelta, Utc};
use ebenezer_shared::crm::appointment::{AppointmentStatus, LONGEST};

/// The status that is stored.
pub fn status(row: &Model) -> AppointmentStatus {
    row.status.parse().unwrap_or(AppointmentStatus::Scheduled)
}

/// How long before it begins the reminder goes out.
pub fn reminder(row: &Model) -> Option<u32> {
    row.remind_minutes.and_then(|minutes| u32::try_from(minutes).ok())
}

pub fn set_title(row: &mut Model, title: String) {
    row.sort_name = normalize(&title);
    row.title = title;
}

/// What a search looks at.
pub fn index(row: &mut Model) {
    let said = [&row.place, &row.notes].map(|text| text.as_deref().unwrap_or_default());
    row.search_text = normalize(&format!("{} {} {}", row.title, said[0], said[1]));
}

/// Says anew when the reminder goes out: of what is to come, and where that time is still to
/// come as well.
pub fn set_reminder(row: &mut Model, now: DateTime<Utc>) {
    let minutes = row.remind_minutes.filter(|_| status(row).is_coming());
    let at = minutes.map(|minutes| row.starts_at - TimeDelta::minutes(minutes.into()));
    row.remind_at = at.filter(|at| *at > now);
    row.reminded_at = None;
}

/// The same after a change, where it changes anything. What went out went out: only another
/// beginning, or another time before it, has a reminder go out again.
pub fn keep_reminder(known: &Model, row: &mut Model, now: DateTime<Utc>) {
    let begins = |row: &Model| (row.starts_at, row.remind_minutes);
    if begins(known) != begins(row) {
        set_reminder(row, now);
    } else if status(known) != status(row) {
        let gone = row.reminded_at;
        set_reminder(row, now);
        if gone.is_some() {
            (row.reminded_at, row.remind_at) = (gone, None);
        }
    }
}

/// 422 for one that ends before it begins, or takes longer than a day.
pub fn check(row: &Model) -> Result<(), ApiError> {
    if row.ends_at <= row.starts_at {
        return Err(ApiError::invalid("ends_at", "ends_first"));
    }
    if row.ends_at - row.starts_at > LONGEST {
        return Err(ApiError::invalid("ends_at", "over_a_day"));
    }
    Ok(())
}
