//! By when a return is due.

use super::holidays::next_business_day;
use super::kind::{CaseType, TaxPeriod};
use chrono::{Datelike as _, Months, NaiveDate};

/// What decides by when something is due.
#[derive(Clone, Copy, Debug)]
pub struct Filing<'a> {
    pub kind: CaseType,
    /// The year in which the tax year begins.
    pub tax_year: i32,
    pub period: TaxPeriod,
    /// More time was asked for.
    pub is_extended: bool,
    /// The last day of the client's fiscal year, `MM-DD`; the calendar year's when unknown.
    pub fiscal_year_end: Option<&'a str>,
}

impl Filing<'_> {
    /// The day, moved off weekends and holidays; none where no rule tells it.
    ///
    /// - Form 1040: the 15th day of the fourth month after the year (26 U.S.C. § 6072(a)), six
    ///   months more with Form 4868 (26 CFR § 1.6081-4). A W-7 goes with that return
    ///   (Instructions for Form W-7).
    /// - Form 1040-X: three years after the return was due (26 U.S.C. § 6511(a), (b)(2)(A),
    ///   § 6513(a)).
    /// - Forms 1065 and 1120-S: the 15th day of the third month (§ 6072(b)), six months more
    ///   with Form 7004 (26 CFR §§ 1.6081-2, 1.6081-3).
    /// - Form 1120: the 15th day of the fourth month (§ 6072(a)), six months more; for years that
    ///   end in June and begin before 2026 the third month, and seven months more (Public Law
    ///   114-41, section 2006(a)(3)(B), (c)(2); Instructions for Form 7004).
    /// - Form 941: the last day of the month after the quarter (26 CFR § 31.6071(a)-1).
    /// - Sales tax: the 20th of the month after the period, as many states have it; each has
    ///   its own rule, so the day can be set by hand.
    pub fn due_on(self) -> Option<NaiveDate> {
        let plain = match self.kind {
            CaseType::Form1040x => {
                let original = Self { is_extended: false, ..self }.months_after_year(4, 0)?;
                next_business_day(original).checked_add_months(Months::new(36))?
            }
            CaseType::Form1065 | CaseType::Form1120s => self.months_after_year(3, 6)?,
            CaseType::Form1120 if self.is_old_june_year() => self.months_after_year(3, 7)?,
            CaseType::Form1040 | CaseType::ItinW7 | CaseType::Form1120 => {
                self.months_after_year(4, 6)?
            }
            CaseType::Form941 => {
                self.period.quarter()?;
                last_day(self.after_period()?)?
            }
            CaseType::SalesTax => self.after_period()?.with_day(20)?,
            CaseType::Bookkeeping | CaseType::IrsNotice | CaseType::Other => return None,
        };
        Some(next_business_day(plain))
    }

    /// The month in which the tax year ends.
    fn last_month(self) -> u32 {
        let person =
            matches!(self.kind, CaseType::Form1040 | CaseType::Form1040x | CaseType::ItinW7);
        let end = self.fiscal_year_end.filter(|_| !person);
        end.and_then(|end| end.split('-').next()?.parse().ok())
            .filter(|month| (1..=12).contains(month))
            .unwrap_or(12)
    }

    fn is_old_june_year(self) -> bool {
        self.last_month() == 6 && self.tax_year < 2026
    }

    /// The 15th of that month after the tax year, with so many more when it is extended.
    fn months_after_year(self, month: u32, more: u32) -> Option<NaiveDate> {
        let last = self.last_month();
        // A year that ends in December began in January of the same one.
        let ends_in = if last == 12 { self.tax_year } else { self.tax_year.checked_add(1)? };
        let more = if self.is_extended { more } else { 0 };
        NaiveDate::from_ymd_opt(ends_in, last, 15)?.checked_add_months(Months::new(month + more))
    }

    /// The first day of the month after the period.
    fn after_period(self) -> Option<NaiveDate> {
        let last = NaiveDate::from_ymd_opt(self.tax_year, self.period.last_month(), 1)?;
        last.checked_add_months(Months::new(1))
    }
}

fn last_day(in_month: NaiveDate) -> Option<NaiveDate> {
    in_month.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

/// The first and the last tax year that a case can be for, on a day: the income tax as it is
/// filed today began in 1913, and nobody prepares a return two years ahead.
pub fn tax_years(today: NaiveDate) -> std::ops::RangeInclusive<i32> {
    1913..=today.year() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(kind: CaseType, tax_year: i32, period: TaxPeriod, end: Option<&str>) -> [String; 2] {
        [false, true].map(|is_extended| {
            let filing = Filing { kind, tax_year, period, is_extended, fiscal_year_end: end };
            filing.due_on().map(|day| day.to_string()).unwrap_or_default()
        })
    }

    /// Days that IRS announced (Publication 509 of each year).
    #[test]
    fn returns_of_a_year() {
        use CaseType::*;
        use TaxPeriod::Year;
        for (kind, year, end, expected) in [
            (Form1040, 2023, None, ["2024-04-15", "2024-10-15"]),
            (Form1040, 2022, None, ["2023-04-18", "2023-10-16"]),
            // A person's year is the calendar's, whatever company they have.
            (Form1040, 2023, Some("06-30"), ["2024-04-15", "2024-10-15"]),
            (Form1040x, 2020, None, ["2024-04-15", "2024-04-15"]),
            (Form1065, 2023, None, ["2024-03-15", "2024-09-16"]),
            (Form1120s, 2024, None, ["2025-03-17", "2025-09-15"]),
            (Form1120, 2023, None, ["2024-04-15", "2024-10-15"]),
            (Form1120, 2023, Some("09-30"), ["2025-01-15", "2025-07-15"]),
            (Form1120, 2023, Some("06-30"), ["2024-09-16", "2025-04-15"]),
            (Form1120, 2026, Some("06-30"), ["2027-10-15", "2028-04-18"]),
        ] {
            assert_eq!(due(kind, year, Year, end), expected, "{kind:?} {year} {end:?}");
        }
    }

    #[test]
    fn returns_of_quarters_and_months() {
        use TaxPeriod::*;
        for (period, expected) in
            [(Q1, "2024-04-30"), (Q2, "2024-07-31"), (Q3, "2024-10-31"), (Q4, "2025-01-31")]
        {
            assert_eq!(due(CaseType::Form941, 2024, period, None), [expected, expected]);
        }
        assert_eq!(due(CaseType::Form941, 2024, Year, None), ["", ""]);
        assert_eq!(due(CaseType::SalesTax, 2024, M06, None)[0], "2024-07-22", "a weekend");
        assert_eq!(due(CaseType::SalesTax, 2024, M12, None)[0], "2025-01-21", "a holiday");
        assert_eq!(due(CaseType::Bookkeeping, 2024, M06, None), ["", ""]);
    }
}
