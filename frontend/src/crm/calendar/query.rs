//! What the calendar shows, as the URL says it.

use super::items::Wanted;
use super::span::View;
use crate::api::QueryString;
use crate::crm::clients::ClientId;
use crate::crm::filters::Filter;
use crate::format;
use crate::routes::Route;
use crate::state::clock::now;
use crate::state::url_state::Step;
use crate::state::{Session, UrlState, locale};
use chrono::{NaiveDate, NaiveDateTime};
use ebenezer_shared::ids::UserId;
use ebenezer_shared::permission::{Action, Module};
use leptos::prelude::*;

const VIEW: &str = "view";
const DATE: &str = "date";
const HIDE: &str = "hide";
const START: &str = "start";
const MINUTES: &str = "minutes";

/// How a time stands in the URL of a new appointment.
const TIME: &str = "%Y-%m-%dT%H:%M";

pub static BY_STAFF: Filter = Filter::of::<UserId>("staff_id");

/// What lies beside the appointments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    Deadlines,
    Tasks,
}

impl Layer {
    const fn key(self) -> &'static str {
        match self {
            Self::Deadlines => "deadlines",
            Self::Tasks => "tasks",
        }
    }

    /// What one needs to see it.
    pub const fn module(self) -> Module {
        match self {
            Self::Deadlines => Module::Cases,
            Self::Tasks => Module::Tasks,
        }
    }

    /// Whether it is shown; tracked.
    pub fn is_shown(self, url: UrlState) -> bool {
        !url.text(HIDE).split(',').any(|name| name == self.key())
    }

    /// Shows it, or hides it.
    pub fn show(self, url: UrlState, shown: bool) {
        let hidden = untrack(|| url.text(HIDE));
        let others = hidden.split(',').filter(|name| !name.is_empty() && *name != self.key());
        let mut names: Vec<&str> = others.collect();
        if !shown {
            names.push(self.key());
        }
        url.set(&[(HIDE, names.join(","))], Step::Same);
    }
}

/// How much is seen at once: a week, where there is room for it; tracked.
pub fn view(url: UrlState) -> View {
    let is_narrow = || {
        let width = window().inner_width().ok().and_then(|width| width.as_f64());
        width.is_some_and(|width| width < 700.0)
    };
    url.parse(VIEW).unwrap_or_else(|| if is_narrow() { View::Day } else { View::Week })
}

/// The day that it is about; tracked.
pub fn day(url: UrlState) -> NaiveDate {
    url.parse(DATE).unwrap_or_else(|| format::local(untrack(now)).0)
}

/// Goes to another day, or looks at it otherwise.
pub fn go(url: UrlState, view: View, day: NaiveDate) {
    url.set(&[(VIEW, view.key().to_owned()), (DATE, day.to_string())], Step::New);
}

/// Where a day is seen by itself.
pub fn day_path(url: UrlState, day: NaiveDate) -> String {
    let query = QueryString::new().with(VIEW, View::Day.key()).with(DATE, day);
    let query = query.with_text(BY_STAFF.key, &BY_STAFF.value(url));
    query.with_text(HIDE, &url.text(HIDE)).on(&Route::Calendar.path())
}

/// What is asked for; tracked.
pub fn wanted(url: UrlState, session: Session) -> Wanted {
    let days = view(url).days(day(url), locale());
    let may = |layer: Layer| layer.is_shown(url) && session.allows(layer.module(), Action::View);
    let today = format::local(untrack(now)).0;
    Wanted {
        first: days.first().copied().unwrap_or(today),
        last: days.last().copied().unwrap_or(today),
        staff: BY_STAFF.value(url),
        deadlines: may(Layer::Deadlines),
        tasks: may(Layer::Tasks),
    }
}

/// The form of a new one at that time.
pub fn new_at(start: NaiveDateTime, minutes: i64) -> String {
    let query = QueryString::new().with(START, start.format(TIME)).with(MINUTES, minutes);
    query.on(&Route::NewAppointment.path())
}

/// The form of a new one with the client.
pub fn new_with(client: ClientId) -> String {
    client.query().on(&Route::NewAppointment.path())
}

/// When a new one begins and how long it takes, if the URL says so.
pub fn asked(url: UrlState) -> Option<(NaiveDateTime, i64)> {
    let start = NaiveDateTime::parse_from_str(&url.text(START), TIME).ok()?;
    Some((start, url.parse(MINUTES).filter(|it| (5..=1440).contains(it)).unwrap_or(60)))
}
