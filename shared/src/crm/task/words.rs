//! What tasks are called.

use super::recurrence::Frequency;
use super::status::TaskStatus;
use crate::locale::{Locale, Text};
use crate::texts::{recurrences as r, task_statuses as s};

impl TaskStatus {
    /// Its name.
    pub const fn text(self) -> Text {
        match self {
            Self::Open => s::OPEN,
            Self::InProgress => s::IN_PROGRESS,
            Self::Done => s::DONE,
            Self::Cancelled => s::CANCELLED,
        }
    }
}

impl Frequency {
    /// Its name, for several of them.
    pub const fn text(self) -> Text {
        match self {
            Self::Day => r::DAYS,
            Self::Week => r::WEEKS,
            Self::Month => r::MONTHS,
            Self::Year => r::YEARS,
        }
    }
}

/// `cada mes`, `every 2 weeks`
pub fn every(locale: Locale, unit: Frequency, count: u32) -> String {
    let single = match unit {
        Frequency::Day => r::EVERY_DAY,
        Frequency::Week => r::EVERY_WEEK,
        Frequency::Month => r::EVERY_MONTH,
        Frequency::Year => r::EVERY_YEAR,
    };
    if count == 1 {
        single.get(locale).to_owned()
    } else {
        r::every(locale, count, unit.text().get(locale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recurrence_has_words() {
        assert_eq!(every(Locale::Es, Frequency::Week, 1), "cada semana");
        assert_eq!(every(Locale::En, Frequency::Month, 3), "every 3 months");
    }
}
