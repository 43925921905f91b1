//! What stands in a cell.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use ebenezer_shared::locale::{Locale, Text};
use ebenezer_shared::texts::common;

/// A value with its kind, so that a workbook can count and sort it.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Nothing,
    /// Also what is written in digits but is no amount: phones, codes.
    Text(String),
    Number(u64),
    Day(NaiveDate),
    Moment(DateTime<Utc>),
}

impl Cell {
    pub fn word(text: Text, locale: Locale) -> Self {
        Self::Text(text.get(locale).to_owned())
    }

    pub fn yes_or_no(is: bool, locale: Locale) -> Self {
        Self::word(if is { common::YES } else { common::NO }, locale)
    }

    /// Several in one cell. Names may hold commas.
    pub fn several<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        texts.into_iter().collect::<Vec<_>>().join("; ").into()
    }

    /// As it is written where everything is text: days and times so that each spreadsheet
    /// takes them for what they are, whatever language it speaks (ISO 8601).
    pub fn written(self, zone: Tz) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Moment(at) => local(at, zone).format("%Y-%m-%d %H:%M").to_string(),
        }
    }
}

/// The time on the firm's clocks.
pub(super) fn local(at: DateTime<Utc>, zone: Tz) -> NaiveDateTime {
    at.with_timezone(&zone).naive_local()
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text) }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<NaiveDate> for Cell {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<DateTime<Utc>> for Cell {
    fn from(at: DateTime<Utc>) -> Self {
        Self::Moment(at)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}
