//! From when to when something holds, and how much of it.

use crate::locale::Locale;
use crate::patch::Patch;
use chrono::{Datelike as _, NaiveDate};
use validator::ValidationError;

/// A whole, in hundredths of a percent.
pub const WHOLE: u16 = 10_000;

/// From a first to a last day, both included; open where a day is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Period {
    /// Whether the last day does not come before the first.
    pub fn is_possible(self) -> bool {
        self.from.zip(self.to).is_none_or(|(from, to)| from <= to)
    }

    /// Whether it holds on that day.
    pub fn holds_on(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// The days that both have; none when there is no such day.
    pub fn common(self, other: Self) -> Option<Self> {
        let later = |a: Option<NaiveDate>, b: Option<NaiveDate>| match (a, b) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        };
        let earlier = |a: Option<NaiveDate>, b: Option<NaiveDate>| match (a, b) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        let both = Self { from: later(self.from, other.from), to: earlier(self.to, other.to) };
        both.is_possible().then_some(both)
    }
}

/// The largest sum of the shares that hold on one day.
pub fn largest_sum(shares: &[(Period, u16)]) -> u32 {
    // The sum grows only where a period starts.
    let starts = shares.iter().map(|(period, _)| period.from.unwrap_or(NaiveDate::MIN));
    let sum_on = |day| {
        let held = shares.iter().filter(|(period, _)| period.holds_on(day));
        held.map(|(_, share)| u32::from(*share)).sum()
    };
    starts.map(sum_on).max().unwrap_or_default()
}

/// A day of a calendar that people use: of 1900 to 2199.
pub fn day(date: &NaiveDate) -> Result<(), ValidationError> {
    let is_usual = (1900..2200).contains(&date.year());
    if is_usual { Ok(()) } else { Err(ValidationError::new("out_of_range")) }
}

/// [`day`] in a `PATCH`.
pub fn day_patch(date: &Patch<NaiveDate>) -> Result<(), ValidationError> {
    date.value().map_or(Ok(()), day)
}

/// A share in hundredths of a percent.
pub fn share(share: u16) -> Result<(), ValidationError> {
    if share <= WHOLE { Ok(()) } else { Err(ValidationError::new("out_of_range")) }
}

/// [`share`] in a `PATCH`.
pub fn share_patch(patch: &Patch<u16>) -> Result<(), ValidationError> {
    patch.value().map_or(Ok(()), |value| share(*value))
}

/// A share as people write it, `33,5` or `33.5 %`, in hundredths of a percent; none when it
/// is no share of a whole or finer than a hundredth.
pub fn read_share(typed: &str) -> Option<u16> {
    let number = typed.trim().trim_end_matches('%').trim_end();
    let (whole, part) = number.split_once([',', '.']).unwrap_or((number, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || part.len() > 2 || !are_digits(whole) {
        return None;
    }
    if !are_digits(part) {
        return None;
    }
    let whole: u16 = whole.parse().ok()?;
    let hundredths: u16 = format!("{part:0<2}").parse().ok()?;
    Some(whole * 100 + hundredths).filter(|share| *share <= WHOLE)
}

/// A share as the language writes it, without the sign: `33,5`, `33.5`.
pub fn share_number(share: u32, locale: Locale) -> String {
    let (whole, part) = (share / 100, share % 100);
    let point = if locale == Locale::Es { ',' } else { '.' };
    let part = format!("{part:02}");
    match part.trim_end_matches('0') {
        "" => whole.to_string(),
        part => format!("{whole}{point}{part}"),
    }
}

/// A share as the language writes it: `33,5 %`, `33.5%`.
pub fn share_text(share: u32, locale: Locale) -> String {
    let space = if locale == Locale::Es { "\u{a0}" } else { "" };
    format!("{}{space}%", share_number(share, locale))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: i32, to: i32) -> Period {
        let day = |year| NaiveDate::from_ymd_opt(year, 1, 1);
        Period { from: day(from), to: day(to) }
    }

    #[test]
    fn both_ends_belong_to_it() {
        let day = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
        assert!(period(2020, 2021).holds_on(day) && period(2019, 2020).holds_on(day));
        assert!(Period::default().holds_on(day));
        assert!(!period(2021, 2022).holds_on(day) && !period(2018, 2019).holds_on(day));
        assert!(!period(2021, 2020).is_possible());
    }

    #[test]
    fn common_days_are_found() {
        assert_eq!(period(2000, 2010).common(period(2005, 2020)), Some(period(2005, 2010)));
        assert_eq!(period(2000, 2004).common(period(2005, 2020)), None);
        assert_eq!(Period::default().common(period(2005, 2020)), Some(period(2005, 2020)));
    }

    #[test]
    fn shares_are_read_and_written() {
        for (typed, share) in [
            ("33,33", 3333),
            ("33.5 %", 3350),
            (" 100% ", 10_000),
            ("0", 0),
            ("0,05", 5),
            ("7,", 700),
        ] {
            assert_eq!(read_share(typed), Some(share), "{typed}");
        }
        for wrong in ["", "%", "a", "-1", "100,01", "1000", "3,333", "3,a", "1e2", ",5"] {
            assert_eq!(read_share(wrong), None, "{wrong}");
        }
        assert_eq!(share_text(3350, Locale::Es), "33,5\u{a0}%");
        assert_eq!(share_text(3305, Locale::En), "33.05%");
        assert_eq!(share_text(10_000, Locale::En), "100%");
    }

    #[test]
    fn shares_of_different_times_do_not_add_up() {
        let open = Period::default();
        assert_eq!(largest_sum(&[]), 0);
        assert_eq!(largest_sum(&[(period(2000, 2009), 6000), (period(2010, 2020), 7000)]), 7000);
        assert_eq!(largest_sum(&[(open, 6000), (period(2010, 2020), 5000)]), 11_000);
    }
}
