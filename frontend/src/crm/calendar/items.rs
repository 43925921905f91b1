//! What the calendar shows of some days.

use super::super::listing::first;
use crate::api::{self, ApiError, Client, QueryString};
use crate::format;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use ebenezer_shared::crm::appointment::Appointment;
use ebenezer_shared::crm::case::CaseSummary;
use ebenezer_shared::crm::task::Task;
use ebenezer_shared::pagination::Page;
use std::collections::HashMap;

/// So many of each kind are read at most.
const MOST: u64 = 2000;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// Whose; empty for everybody's.
    pub staff: String,
    pub deadlines: bool,
    pub tasks: bool,
}

/// What there is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    pub appointments: Vec<Appointment>,
    pub deadlines: Vec<CaseSummary>,
    pub tasks: Vec<Task>,
}

/// What stands on a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Day {
    /// The earliest first.
    pub appointments: Vec<Appointment>,
    pub deadlines: Vec<CaseSummary>,
    pub tasks: Vec<Task>,
}

impl Shown {
    /// All of it by its days. What goes on over midnight stands on both.
    pub fn by_day(&self) -> HashMap<NaiveDate, Day> {
        let mut days: HashMap<NaiveDate, Day> = HashMap::new();
        for it in &self.appointments {
            let (first, (end, time)) = (format::local(it.starts_at).0, format::local(it.ends_at));
            // What ends at midnight takes nothing of the day that begins then.
            let last = if time == NaiveTime::MIN { end.pred_opt().unwrap_or(end) } else { end };
            for day in first.iter_days().take_while(|day| *day <= last.max(first)) {
                days.entry(day).or_default().appointments.push(it.clone());
            }
        }
        for it in &self.deadlines {
            if let Some(day) = it.due_on {
                days.entry(day).or_default().deadlines.push(it.clone());
            }
        }
        for it in &self.tasks {
            if let Some(at) = it.due_at {
                days.entry(format::local(at).0).or_default().tasks.push(it.clone());
            }
        }
        for day in days.values_mut() {
            day.appointments.sort_by_key(|it| (it.starts_at, it.id));
        }
        days
    }

    /// Puts a changed appointment in the place of the one before.
    pub fn put(&mut self, changed: Appointment) {
        if let Some(known) = self.appointments.iter_mut().find(|it| it.id == changed.id) {
            *known = changed;
        }
    }
}

/// Reads all of it.
pub async fn read(client: Client, wanted: Wanted) -> Result<Shown, ApiError> {
    let Wanted { first, last, staff, deadlines, tasks } = wanted;
    let (from, to) = (midnight(first), midnight(last + Days::new(1)));
    let appointments = QueryString::new().with_text("staff_id", &staff).with("from", stamp(from));
    let appointments = appointments.with("to", stamp(to));
    let theirs = QueryString::new().with_text("assignee_id", &staff);
    let cases = theirs.clone().with("status", "open").with("due_from", first).with("due_to", last);
    let due = theirs.with("status", "pending").with("due_from", stamp(from));
    let due = due.with("due_before", stamp(to));
    Ok(Shown {
        appointments: all(appointments, async |query| {
            api::appointments::list(client, &query).await
        })
        .await?,
        deadlines: if deadlines {
            all(cases, async |query| api::cases::list(client, &query).await).await?
        } else {
            Vec::new()
        },
        tasks: if tasks {
            all(due, async |query| api::tasks::list(client, &query).await).await?
        } else {
            Vec::new()
        },
    })
}

async fn all<T>(
    query: QueryString,
    read: impl AsyncFn(String) -> Result<Page<T>, ApiError>,
) -> Result<Vec<T>, ApiError> {
    Ok(first(query, MOST, read).await?.items)
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    format::moment(day.and_time(NaiveTime::MIN))
}

fn stamp(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
