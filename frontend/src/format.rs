//! Dates and times as the language writes them, by the browser's own tables.

use chrono::{
    DateTime, Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc,
};
use ebenezer_shared::locale::Locale;
use js_sys::Intl::{
    DateTimeFormat, DateTimeFormatOptions, DateTimeStyle, DayFormat, DisplayNames,
    DisplayNamesFallback, DisplayNamesOptions, DisplayNamesType, MonthFormat, RelativeTimeFormat,
    RelativeTimeFormatNumeric, RelativeTimeFormatOptions, WeekdayFormat, YearFormat,
};
use js_sys::{Array, Date, Function};
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen::{JsCast, JsValue};

/// In which language (none: as ISO 8601 has it), with the time or without, in which zone.
type Format = (Option<Locale>, bool, String);

thread_local! {
    /// Formatters are dear to make and cheap to keep.
    static FORMATTERS: RefCell<HashMap<Format, Function>> = RefCell::new(HashMap::new());
    static ZONE: RefCell<String> = RefCell::new("UTC".to_owned());
}

/// Reads and writes times in the firm's zone from now on.
pub fn use_zone(zone: &str) {
    ZONE.with_borrow_mut(|known| zone.clone_into(known));
}

/// What calendar and clock show at the moment in the firm's zone.
pub fn local(at: DateTime<Utc>) -> (NaiveDate, NaiveTime) {
    let zone = ZONE.with_borrow(Clone::clone);
    let formatter = FORMATTERS.with_borrow_mut(|known| {
        known.entry((None, true, zone.clone())).or_insert_with(|| plain(&zone, true)).clone()
    });
    let shown = written(&formatter, &at);
    let shown = NaiveDateTime::parse_from_str(&shown, "%Y-%m-%d %H:%M");
    let shown = shown.unwrap_or_else(|_| at.naive_utc());
    (shown.date(), shown.time())
}

/// The moment at which calendar and clock show that in the firm's zone: the first one where
/// clocks are put back, an hour later where it is skipped.
pub fn moment(shown: NaiveDateTime) -> DateTime<Utc> {
    let away = |at: DateTime<Utc>| {
        let (day, time) = local(at);
        day.and_time(time) - at.naive_utc()
    };
    let near = shown.and_utc();
    let before = near - away(near - TimeDelta::days(1));
    let after = near - away(near + TimeDelta::days(1));
    let is_there = |at| {
        let (day, time) = local(at);
        day.and_time(time) == shown
    };
    if !is_there(before) && is_there(after) { after } else { before }
}

/// A day: 3 mar 2026, Mar 3, 2026.
pub fn date(locale: Locale, day: NaiveDate) -> String {
    let midnight = day.and_hms_opt(0, 0, 0).unwrap_or_default();
    format(locale, &Utc.from_utc_datetime(&midnight), "UTC", false)
}

/// A moment in the firm's time zone: 3 mar 2026, 14:05.
pub fn date_time(locale: Locale, at: DateTime<Utc>, time_zone: Option<&str>) -> String {
    format(locale, &at, time_zone.unwrap_or("UTC"), true)
}

/// A time of the firm's day: 14:30, 2:30 PM.
pub fn time(locale: Locale, at: DateTime<Utc>) -> String {
    let options = DateTimeFormatOptions::new();
    options.set_time_style(DateTimeStyle::Short);
    options.set_time_zone(&ZONE.with_borrow(Clone::clone));
    written(&DateTimeFormat::new(&languages(locale), options.unchecked_ref()).format(), &at)
}

/// A day of every year: 31 de diciembre, December 31.
pub fn day_of_year(locale: Locale, day: NaiveDate) -> String {
    shown(locale, day, |options| {
        options.set_month(MonthFormat::Long);
        options.set_day(DayFormat::Numeric);
    })
}

/// A month: marzo de 2026, March 2026.
pub fn month(locale: Locale, day: NaiveDate) -> String {
    shown(locale, day, |options| {
        options.set_month(MonthFormat::Long);
        options.set_year(YearFormat::Numeric);
    })
}

/// A day in full: martes, 17 de marzo de 2026; Tuesday, March 17, 2026.
pub fn long_date(locale: Locale, day: NaiveDate) -> String {
    shown(locale, day, |options| options.set_date_style(DateTimeStyle::Full))
}

/// The short name of a weekday: mar, Tue.
pub fn weekday(locale: Locale, day: NaiveDate) -> String {
    shown(locale, day, |options| options.set_weekday(WeekdayFormat::Short))
}

/// A day of a week: mar 17, Tue 17.
pub fn weekday_and_day(locale: Locale, day: NaiveDate) -> String {
    format!("{} {}", weekday(locale, day), day.day())
}

fn shown(locale: Locale, day: NaiveDate, say: impl Fn(&DateTimeFormatOptions)) -> String {
    let options = DateTimeFormatOptions::new();
    say(&options);
    options.set_time_zone("UTC");
    let midnight = Utc.from_utc_datetime(&day.and_hms_opt(0, 0, 0).unwrap_or_default());
    let formatter = DateTimeFormat::new(&languages(locale), options.unchecked_ref()).format();
    written(&formatter, &midnight)
}

fn format(locale: Locale, at: &DateTime<Utc>, time_zone: &str, with_time: bool) -> String {
    let formatter = FORMATTERS.with_borrow_mut(|known| {
        known
            .entry((Some(locale), with_time, time_zone.to_owned()))
            .or_insert_with(|| formatter(locale, time_zone, with_time))
            .clone()
    });
    written(&formatter, at)
}

fn written(formatter: &Function, at: &DateTime<Utc>) -> String {
    let date = Date::new(&JsValue::from_f64(milliseconds(at)));
    formatter
        .call1(&JsValue::NULL, &date)
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

fn formatter(locale: Locale, time_zone: &str, with_time: bool) -> Function {
    let options = DateTimeFormatOptions::new();
    options.set_date_style(DateTimeStyle::Medium);
    if with_time {
        options.set_time_style(DateTimeStyle::Short);
    }
    options.set_time_zone(time_zone);
    DateTimeFormat::new(&languages(locale), options.unchecked_ref()).format()
}

/// The day that it is for the firm.
pub fn today(now: DateTime<Utc>, time_zone: Option<&str>) -> NaiveDate {
    let formatter = plain(time_zone.unwrap_or("UTC"), false);
    written(&formatter, &now).parse().unwrap_or_else(|_| now.date_naive())
}

/// Sweden writes days and times as ISO 8601 does.
fn plain(time_zone: &str, with_time: bool) -> Function {
    let options = DateTimeFormatOptions::new();
    options.set_date_style(DateTimeStyle::Short);
    if with_time {
        options.set_time_style(DateTimeStyle::Short);
    }
    options.set_time_zone(time_zone);
    let languages = Array::of1(&JsValue::from_str("sv-SE"));
    DateTimeFormat::new(&languages, options.unchecked_ref()).format()
}

/// How long before or after `now`: hace 2 horas, ayer, in 3 days.
pub fn relative(locale: Locale, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (count, unit) = distance(at.signed_duration_since(now).num_seconds());
    let options = RelativeTimeFormatOptions::new();
    options.set_numeric(RelativeTimeFormatNumeric::Auto);
    let formatter = RelativeTimeFormat::new(&languages(locale), options.unchecked_ref());
    String::from(formatter.format(f64::from(count), unit))
}

/// The largest unit of which there is at least one.
fn distance(seconds: i64) -> (i32, &'static str) {
    const UNITS: [(i64, &str); 6] = [
        (365 * 86_400, "year"),
        (30 * 86_400, "month"),
        (7 * 86_400, "week"),
        (86_400, "day"),
        (3_600, "hour"),
        (60, "minute"),
    ];
    let found = UNITS.into_iter().find(|(size, _)| seconds.abs() >= *size);
    let (size, unit) = found.unwrap_or((i64::MAX, "second"));
    (i32::try_from(seconds / size).unwrap_or_default(), unit)
}

/// A country by its ISO 3166 code in the reader's language, anything else as it is: Estados
/// Unidos for `US`, Colombia for `Colombia`.
pub fn country(locale: Locale, written: &str) -> String {
    if written.len() != 2 || !written.chars().all(|c| c.is_ascii_alphabetic()) {
        return written.to_owned();
    }
    let options = DisplayNamesOptions::new();
    options.set_type(DisplayNamesType::Region);
    options.set_fallback(DisplayNamesFallback::None);
    let names = DisplayNames::new(&languages(locale), options.unchecked_ref());
    let name = names.of(&written.to_ascii_uppercase());
    name.map_or_else(|| written.to_owned(), String::from)
}

fn languages(locale: Locale) -> Array {
    Array::of1(&JsValue::from_str(locale.tag()))
}

#[expect(clippy::cast_precision_loss, reason = "exact until the year 287396")]
fn milliseconds(at: &DateTime<Utc>) -> f64 {
    at.timestamp_millis() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_whole_unit_is_taken() {
        assert_eq!(distance(-30), (0, "second"));
        assert_eq!(distance(-7_200), (-2, "hour"));
        assert_eq!(distance(-90_000), (-1, "day"));
        assert_eq!(distance(3 * 86_400), (3, "day"));
        assert_eq!(distance(-800 * 86_400), (-2, "year"));
    }
}
