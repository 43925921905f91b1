//! What a task must be, and which one follows it.

use super::entity::Model;
use crate::db::normalize;
use crate::error::ApiError;
use chrono::{
    DateTime, Days, LocalResult, NaiveDate, NaiveDateTime, TimeDelta, TimeZone as _, Utc,
};
use chrono_tz::Tz;
use ebenezer_shared::crm::priority::Priority;
use ebenezer_shared::crm::task::{Recurrence, TaskStatus};
use uuid::Uuid;

/// The status that is stored.
pub fn status(row: &Model) -> TaskStatus {
    row.status.parse().unwrap_or(TaskStatus::Open)
}

pub fn priority(row: &Model) -> Priority {
    row.priority.parse().unwrap_or(Priority::Normal)
}

pub fn recurrence(row: &Model) -> Option<Recurrence> {
    let unit = row.recurs_unit.as_ref()?.parse().ok()?;
    let every = u32::try_from(row.recurs_every?).ok()?;
    Some(Recurrence { unit, every, until: row.recurs_until })
}

pub fn set_title(row: &mut Model, title: String) {
    row.sort_name = normalize(&title);
    row.title = title;
}

/// What a search looks at.
pub fn index(row: &mut Model) {
    let notes = row.notes.as_deref().unwrap_or_default();
    row.search_text = normalize(&format!("{} {notes}", row.title));
}

pub fn set_priority(row: &mut Model, priority: Priority) {
    priority.as_str().clone_into(&mut row.priority);
    row.priority_rank = priority.rank();
}

pub fn set_status(row: &mut Model, status: TaskStatus, now: DateTime<Utc>) {
    let was_pending = row.done_at.is_none();
    status.as_str().clone_into(&mut row.status);
    row.status_rank = status.rank();
    row.done_at = match (status.is_pending(), was_pending) {
        (true, _) => None,
        (false, true) => Some(now),
        (false, false) => row.done_at,
    };
}

/// Sets until when it is to be done; what comes again counts its days from there.
pub fn set_due(row: &mut Model, due: Option<DateTime<Utc>>, zone: Tz) {
    row.due_at = due;
    row.due_sort = due.unwrap_or_else(last_of_all);
    row.recurs_from = row.recurs_unit.as_ref().and(due).map(|due| day_in(due, zone));
}

/// Sets how it comes again.
pub fn set_recurrence(row: &mut Model, recurrence: Option<Recurrence>, zone: Tz) {
    row.recurs_unit = recurrence.as_ref().map(|it| it.unit.as_str().to_owned());
    row.recurs_every = recurrence.as_ref().and_then(|it| i32::try_from(it.every).ok());
    row.recurs_until = recurrence.as_ref().and_then(|it| it.until);
    row.recurs_from = recurrence.and(row.due_at).map(|due| day_in(due, zone));
}

/// 422 for one that comes again from no day on, or that ends before it begins.
pub fn check(row: &Model, zone: Tz) -> Result<(), ApiError> {
    if row.recurs_unit.is_none() {
        return Ok(());
    }
    let Some(due) = row.due_at else {
        return Err(ApiError::invalid("recurrence", "needs_due"));
    };
    match row.recurs_until {
        Some(last) if last < day_in(due, zone) => {
            Err(ApiError::invalid("recurrence", "ends_before_it_begins"))
        }
        _ => Ok(()),
    }
}

/// The task that follows one that is done now: none when it does not come again, or came for
/// the last time. Days that have passed meanwhile are left out.
pub fn next(row: &Model, now: DateTime<Utc>, zone: Tz) -> Option<Model> {
    let (recurrence, first, due) = (recurrence(row)?, row.recurs_from?, row.due_at?);
    let yesterday = day_in(now, zone).checked_sub_days(Days::new(1))?;
    let day = recurrence.next(first, day_in(due, zone).max(yesterday))?;
    let at = due.with_timezone(&zone).time();
    let due = moment(day.and_time(at), zone);
    let mut next = Model {
        id: Uuid::now_v7(),
        due_at: Some(due),
        due_sort: due,
        next_id: None,
        // It is another record: the other system's id stays with the one that has it.
        external_id: None,
        version: 1,
        created_at: now,
        updated_at: now,
        ..row.clone()
    };
    set_status(&mut next, TaskStatus::Open, now);
    Some(next)
}

fn day_in(moment: DateTime<Utc>, zone: Tz) -> NaiveDate {
    moment.with_timezone(&zone).date_naive()
}

/// The moment that a clock on the wall shows; of an hour that is skipped in spring an hour
/// later, of one that comes twice in autumn the first.
fn moment(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.to_utc(),
        LocalResult::None => zone
            .from_local_datetime(&(local + TimeDelta::hours(1)))
            .earliest()
            .map_or_else(|| local.and_utc(), |at| at.to_utc()),
    }
}

fn last_of_all() -> DateTime<Utc> {
    let day = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX);
    day.and_time(chrono::NaiveTime::MIN).and_utc()
}
