//! Moments in a query: to the second, or a whole day of the firm.

use crate::error::ApiError;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::str::FromStr as _;

/// RFC 3339, or `YYYY-MM-DD` for a day as the firm's clocks show it.
#[derive(Clone, Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Moment(String);

impl Moment {
    /// When it begins.
    pub fn start(&self, parameter: &'static str, zone: Tz) -> Result<DateTime<Utc>, ApiError> {
        self.read(parameter, zone, 0)
    }

    /// What comes after it: of a day the beginning of the next one, of a moment itself.
    pub fn end(&self, parameter: &'static str, zone: Tz) -> Result<DateTime<Utc>, ApiError> {
        self.read(parameter, zone, 1)
    }

    fn read(
        &self,
        parameter: &'static str,
        zone: Tz,
        days: u64,
    ) -> Result<DateTime<Utc>, ApiError> {
        let time = if let Ok(day) = NaiveDate::from_str(&self.0) {
            day.checked_add_days(Days::new(days)).map(|day| midnight(day, zone))
        } else {
            let wrong = |_| ApiError::query(parameter, "wrong_type");
            Some(DateTime::parse_from_rfc3339(&self.0).map_err(wrong)?.to_utc())
        };
        let out = || ApiError::query(parameter, "out_of_range");
        crate::db::since(parameter, Some(time.ok_or_else(out)?))?.ok_or_else(out)
    }
}

/// The first moment of a day; where the clocks skip midnight, the first that they show.
fn midnight(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let first = day.and_time(chrono::NaiveTime::MIN);
    (0..4)
        .map(|halves| first + TimeDelta::minutes(30 * halves))
        .find_map(|time| zone.from_local_datetime(&time).earliest())
        .map_or_else(|| first.and_utc(), |time| time.to_utc())
}

#[cfg(test)]
mod tests {
    use super::{Moment, midnight};
    use chrono::NaiveDate;
    use chrono_tz::Tz;

    #[test]
    fn a_day_is_the_firms() -> Result<(), Box<dyn std::error::Error>> {
        let day = Moment("2026-03-08".to_owned());
        let zone: Tz = "America/New_York".parse()?;
        let read = |end: bool| {
            let read = if end { day.end("to", zone) } else { day.start("from", zone) };
            read.map(|time| time.to_rfc3339()).map_err(|_| "refused")
        };
        assert_eq!(read(false)?, "2026-03-08T05:00:00+00:00");
        // Clocks went forward in between: a day of 23 hours.
        assert_eq!(read(true)?, "2026-03-09T04:00:00+00:00");
        Ok(())
    }

    #[test]
    fn a_skipped_midnight_is_the_first_moment_there_is() -> Result<(), Box<dyn std::error::Error>> {
        let day = NaiveDate::from_ymd_opt(2019, 9, 8).ok_or("no day")?;
        let at = midnight(day, "America/Santiago".parse()?);
        assert_eq!(at.to_rfc3339(), "2019-09-08T04:00:00+00:00");
        Ok(())
    }
}
