//! Rules for days and moments.

use crate::patch::Patch;
use chrono::{DateTime, NaiveDate, Utc};
use validator::ValidationError;

/// A field that may hold a day or a moment.
pub trait DayField {
    /// The day to check, when there is any.
    fn day(&self) -> Option<NaiveDate>;
}

impl DayField for NaiveDate {
    fn day(&self) -> Option<NaiveDate> {
        Some(*self)
    }
}

impl DayField for DateTime<Utc> {
    fn day(&self) -> Option<NaiveDate> {
        Some(self.date_naive())
    }
}

impl<T: DayField> DayField for &T {
    fn day(&self) -> Option<NaiveDate> {
        (**self).day()
    }
}

impl<T: DayField> DayField for Patch<T> {
    fn day(&self) -> Option<NaiveDate> {
        self.value().and_then(DayField::day)
    }
}

/// A day that business is done on: from 1913, the year of the income tax, to 2199.
pub fn day(value: &impl DayField) -> Result<(), ValidationError> {
    let known = NaiveDate::from_ymd_opt(1913, 1, 1).zip(NaiveDate::from_ymd_opt(2200, 1, 1));
    match (value.day(), known) {
        (Some(day), Some((first, last))) if !(first..last).contains(&day) => {
            Err(ValidationError::new("out_of_range"))
        }
        _ => Ok(()),
    }
}
