//! When things of the demo happen.

use chrono::{DateTime, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;

/// Hour and minute, so many days from now, on the firm's clock.
pub fn at(now: DateTime<Utc>, zone: Tz, days: i64, (hour, minute): (u32, u32)) -> DateTime<Utc> {
    let day = now.with_timezone(&zone).date_naive() + TimeDelta::days(days);
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
    let at = zone.from_local_datetime(&day.and_time(time)).earliest();
    at.map_or(now, |at| at.to_utc())
}

/// A place in a list, to count time by.
pub fn number(place: usize) -> i64 {
    i64::try_from(place).unwrap_or_default()
}
