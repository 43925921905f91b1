//! Which days are shown.

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};
use ebenezer_shared::locale::Locale;

/// How many days are seen at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    Month,
    Week,
    Day,
}

impl View {
    pub const ALL: [Self; 3] = [Self::Month, Self::Week, Self::Day];

    /// Its name in the URL.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Week => "week",
            Self::Day => "day",
        }
    }

    /// The day as far away as one page is from the next.
    pub fn step(self, day: NaiveDate, forward: bool) -> NaiveDate {
        let by_days = |count| {
            let days = Days::new(count);
            if forward { day.checked_add_days(days) } else { day.checked_sub_days(days) }
        };
        let first = day.with_day(1).unwrap_or(day);
        let moved = match self {
            Self::Month if forward => first.checked_add_months(Months::new(1)),
            Self::Month => first.checked_sub_months(Months::new(1)),
            Self::Week => by_days(7),
            Self::Day => by_days(1),
        };
        moved.unwrap_or(day)
    }

    /// The days that are shown: of a month whole weeks.
    pub fn days(self, day: NaiveDate, locale: Locale) -> Vec<NaiveDate> {
        let (first, count) = match self {
            Self::Day => (day, 1),
            Self::Week => (week_of(day, locale), 7),
            Self::Month => {
                let begins = day.with_day(1).unwrap_or(day);
                let first = week_of(begins, locale);
                let next = begins.checked_add_months(Months::new(1)).unwrap_or(begins);
                let weeks = u64::try_from((next - first).num_days()).unwrap_or(42).div_ceil(7);
                (first, weeks * 7)
            }
        };
        (0..count).filter_map(|place| first.checked_add_days(Days::new(place))).collect()
    }
}

impl std::str::FromStr for View {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|view| view.key() == text).ok_or(())
    }
}

/// The first day of its week: a Monday, in English a Sunday, as the United States have it.
fn week_of(day: NaiveDate, locale: Locale) -> NaiveDate {
    let first = if locale == Locale::En { Weekday::Sun } else { Weekday::Mon };
    day.week(first).checked_first_day().unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_is_whole_weeks() {
        let shown = View::Month.days(day("2026-03-17"), Locale::Es);
        assert_eq!((shown[0], shown.len()), (day("2026-02-23"), 42));
        let shown = View::Month.days(day("2026-02-10"), Locale::En);
        assert_eq!((shown[0], shown.len()), (day("2026-02-01"), 28));
        let week = View::Week.days(day("2026-03-15"), Locale::Es);
        assert_eq!((week[0], week[6]), (day("2026-03-09"), day("2026-03-15")));
        assert_eq!(View::Week.days(day("2026-03-15"), Locale::En)[0], day("2026-03-15"));
    }

    #[test]
    fn pages_follow_each_other() {
        assert_eq!(View::Month.step(day("2026-01-31"), true), day("2026-02-01"));
        assert_eq!(View::Month.step(day("2026-03-17"), false), day("2026-02-01"));
        assert_eq!(View::Week.step(day("2026-03-17"), false), day("2026-03-10"));
        assert_eq!(View::Day.step(day("2026-12-31"), true), day("2027-01-01"));
    }
}
