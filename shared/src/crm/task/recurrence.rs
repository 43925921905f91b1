//! How a task comes again.

use super::words;
use crate::locale::Locale;
use crate::permission::named_enum;
use chrono::{Datelike as _, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use validator::Validate;

named_enum! {
    /// What a task's days are counted in.
    Frequency { Day = "day", Week = "week", Month = "month", Year = "year" }
}

/// When the next task of its kind is due once this one is done. Without a last day it has no
/// end: there is never more than one of them that is not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Recurrence {
    pub unit: Frequency,
    /// Every so many of them: 1 to 365.
    #[serde(default = "one")]
    #[validate(range(min = 1, max = 365, code = "out_of_range"))]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 365, example = 1))]
    pub every: u32,
    /// The last day on which one is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

const fn one() -> u32 {
    1
}

impl Recurrence {
    /// The first day after `day` of those that begin with `first`; none when that is later than
    /// the last. What begins on the 31st falls on the last day of shorter months, and what
    /// begins on February 29 on the 28th of common years.
    pub fn next(&self, first: NaiveDate, day: NaiveDate) -> Option<NaiveDate> {
        let next = match self.unit {
            Frequency::Day => self.after_days(first, day, 1),
            Frequency::Week => self.after_days(first, day, 7),
            Frequency::Month => self.after_months(first, day, 1),
            Frequency::Year => self.after_months(first, day, 12),
        }?;
        self.until.is_none_or(|last| next <= last).then_some(next)
    }

    fn after_days(&self, first: NaiveDate, day: NaiveDate, days: u64) -> Option<NaiveDate> {
        let step = days.checked_mul(u64::from(self.every))?;
        let gone = u64::try_from((day - first).num_days()).ok();
        let steps = gone.map_or(0, |gone| gone / step + 1);
        first.checked_add_days(Days::new(steps.checked_mul(step)?))
    }

    fn after_months(&self, first: NaiveDate, day: NaiveDate, months: u32) -> Option<NaiveDate> {
        let step = months.checked_mul(self.every)?;
        let month = |day: NaiveDate| day.year() * 12 + i32::try_from(day.month0()).unwrap_or(0);
        let gone = u32::try_from(month(day) - month(first)).unwrap_or(0);
        let at = |steps: u32| first.checked_add_months(Months::new(steps.checked_mul(step)?));
        // A shorter month may end before the day of the first one: the next step is after it.
        let steps = gone / step;
        let near = at(steps)?;
        if near > day { Some(near) } else { at(steps + 1) }
    }

    /// In words, without the last day: `cada 2 semanas`, `every month`.
    pub fn label(&self, locale: Locale) -> String {
        words::every(locale, self.unit, self.every)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days(unit: Frequency, every: u32, first: &str, count: usize) -> Vec<String> {
        let rule = Recurrence { unit, every, until: None };
        let mut all = vec![day(first)];
        while all.len() < count {
            let last = *all.last().unwrap();
            all.push(rule.next(day(first), last).unwrap());
        }
        all.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn days_follow_each_other() {
        use Frequency::{Day, Month, Week, Year};
        assert_eq!(days(Day, 10, "2026-02-25", 3), ["2026-02-25", "2026-03-07", "2026-03-17"]);
        assert_eq!(days(Week, 2, "2026-12-28", 3), ["2026-12-28", "2027-01-11", "2027-01-25"]);
        let ends = ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"];
        assert_eq!(days(Month, 1, "2026-01-31", 5), ends);
        assert_eq!(days(Month, 3, "2026-11-30", 3), ["2026-11-30", "2027-02-28", "2027-05-30"]);
        let leap = ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"];
        assert_eq!(days(Year, 1, "2024-02-29", 5), leap);
    }

    #[test]
    fn what_was_missed_is_not_made_up_for() {
        let weekly = Recurrence { unit: Frequency::Week, every: 1, until: None };
        assert_eq!(weekly.next(day("2026-03-02"), day("2026-03-24")), Some(day("2026-03-30")));
        let monthly = Recurrence { unit: Frequency::Month, every: 1, until: None };
        assert_eq!(monthly.next(day("2026-01-15"), day("2026-06-20")), Some(day("2026-07-15")));
        assert_eq!(monthly.next(day("2026-01-15"), day("2026-06-14")), Some(day("2026-06-15")));
        // Done before its first day.
        assert_eq!(weekly.next(day("2026-03-02"), day("2026-02-20")), Some(day("2026-03-02")));
    }

    #[test]
    fn it_ends_with_its_last_day() {
        let last = Some(day("2026-03-15"));
        let weekly = Recurrence { unit: Frequency::Week, every: 1, until: last };
        assert_eq!(weekly.next(day("2026-03-01"), day("2026-03-08")), last);
        assert_eq!(weekly.next(day("2026-03-01"), day("2026-03-15")), None);
    }
}
