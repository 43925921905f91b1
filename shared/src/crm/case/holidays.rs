//! Days on which no return is due.
//!
//! What falls due on a Saturday, a Sunday or a legal holiday in the District of Columbia is
//! due on the next other day (26 U.S.C. § 7503; 26 CFR § 301.7503-1). The holidays are those
//! of 5 U.S.C. § 6103 and Emancipation Day, April 16 (D.C. Code § 28-2701; IRS Notice
//! 2011-17).

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

/// The day itself or the first later one on which something can be due.
pub fn next_business_day(mut day: NaiveDate) -> NaiveDate {
    while is_weekend(day) || is_holiday(day) {
        let Some(next) = day.succ_opt() else { return day };
        day = next;
    }
    day
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Whether a legal holiday is kept on the day.
pub fn is_holiday(day: NaiveDate) -> bool {
    is_nth_weekday(day) || kept_for(day).any(is_fixed)
}

/// The days for which a holiday may be kept on this one: itself, a Saturday on the Friday
/// before it, a Sunday on the Monday after it.
fn kept_for(day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let neighbour = match day.weekday() {
        Weekday::Fri => day.checked_add_days(Days::new(1)),
        Weekday::Mon => day.checked_sub_days(Days::new(1)),
        _ => None,
    };
    [Some(day), neighbour].into_iter().flatten()
}

/// Holidays that have a date.
fn is_fixed(day: NaiveDate) -> bool {
    match (day.month(), day.day()) {
        (1, 1) | (7, 4) | (11, 11) | (12, 25) => true,
        // The District's since 2005 (D.C. Law 15-288).
        (4, 16) => day.year() >= 2005,
        // Public Law 117-17.
        (6, 19) => day.year() >= 2021,
        _ => false,
    }
}

/// Holidays that have a weekday: Martin Luther King, Washington, Memorial Day, Labor Day,
/// Columbus, Thanksgiving.
fn is_nth_weekday(day: NaiveDate) -> bool {
    let week = day.day0() / 7 + 1;
    match (day.month(), day.weekday()) {
        (1 | 2, Weekday::Mon) => week == 3,
        (5, Weekday::Mon) => day.day() > 24,
        (9, Weekday::Mon) => week == 1,
        (10, Weekday::Mon) => week == 2,
        (11, Weekday::Thu) => week == 4,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// As the U.S. Office of Personnel Management lists them for 2024, with the District's own.
    #[test]
    fn the_holidays_of_a_year() {
        let all: Vec<_> = (0..366)
            .filter_map(|after| day("2024-01-01").checked_add_days(Days::new(after)))
            .filter(|day| is_holiday(*day))
            .map(|day| day.format("%m-%d").to_string())
            .collect();
        assert_eq!(
            all,
            [
                "01-01", "01-15", "02-19", "04-16", "05-27", "06-19", "07-04", "09-02", "10-14",
                "11-11", "11-28", "12-25"
            ]
        );
    }

    #[test]
    fn a_holiday_at_the_weekend_is_kept_beside_it() {
        // Saturday, July 4, 2026 and Sunday, July 4, 2021.
        assert!(is_holiday(day("2026-07-03")));
        assert!(is_holiday(day("2021-07-05")));
        // New Year 2028 is a Saturday: kept in the year before.
        assert!(is_holiday(day("2027-12-31")));
        assert!(!is_holiday(day("2024-07-05")));
    }

    /// The days that IRS announced for individual returns.
    #[test]
    fn known_filing_days() {
        for (year, due) in [
            ("2012", "2012-04-17"),
            ("2016", "2016-04-18"),
            ("2017", "2017-04-18"),
            ("2018", "2018-04-17"),
            ("2023", "2023-04-18"),
            ("2024", "2024-04-15"),
            ("2025", "2025-04-15"),
        ] {
            assert_eq!(next_business_day(day(&format!("{year}-04-15"))), day(due));
        }
    }
}
