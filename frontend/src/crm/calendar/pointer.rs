//! Dragging over the days: a span chosen, an appointment moved or made longer.

use super::moving::Moving;
use super::query::new_at;
use crate::format;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use ebenezer_shared::crm::appointment::{Appointment, LONGEST};
use leptos::ev;
use leptos::prelude::*;
use leptos::web_sys::{DomRect, Element, PointerEvent};
use wasm_bindgen::JsCast as _;

/// Times are chosen in steps of so many minutes.
const STEP: f64 = 15.0;
/// What is only clicked takes an hour.
const CLICKED: i64 = 60;
const DAY: f64 = 1440.0;
/// So many pixels a hand moves that only clicks.
const TREMOR: i32 = 4;

/// A span in minutes of the day on which it begins; it may go on over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ghost {
    pub day: NaiveDate,
    pub from: i64,
    pub to: i64,
}

impl Ghost {
    /// Its part of a day, in minutes of that day.
    pub fn on(self, day: NaiveDate) -> Option<(i64, i64)> {
        let away = (day - self.day).num_minutes();
        let (from, to) = ((self.from - away).max(0), (self.to - away).min(1440));
        (from < to).then_some((from, to))
    }
}

/// What is under way.
#[derive(Clone)]
enum Way {
    /// From that minute on.
    Choosing {
        day: NaiveDate,
        from: i64,
    },
    /// Held so many minutes after its beginning.
    Moving {
        held: i64,
        appointment: Box<Appointment>,
    },
    Resizing {
        appointment: Box<Appointment>,
    },
}

/// The state of dragging in one calendar.
#[derive(Clone, Copy)]
pub struct Dragging {
    pub ghost: RwSignal<Option<Ghost>>,
    way: StoredValue<Option<Way>>,
    /// The click that ends a drag opens nothing.
    dragged: StoredValue<bool>,
    /// Where it was taken.
    from: StoredValue<(i32, i32)>,
    moving: Moving,
    open: Callback<String>,
}

impl Dragging {
    /// Call it once for a page: Escape lets go of what is dragged.
    pub fn new(moving: Moving, open: Callback<String>) -> Self {
        let dragging = Self {
            ghost: RwSignal::new(None),
            way: StoredValue::new(None),
            dragged: StoredValue::new(false),
            from: StoredValue::new((0, 0)),
            moving,
            open,
        };
        let keys = window_event_listener(ev::keydown, move |event| {
            // Enter is a click, and ends no drag.
            dragging.dragged.set_value(false);
            if event.key() == "Escape" {
                dragging.cancel();
            }
        });
        on_cleanup(move || keys.remove());
        dragging
    }

    /// Begins to choose a span of the day. Fingers scroll; they choose by a tap.
    pub fn choose(self, event: &PointerEvent, day: NaiveDate) {
        if event.button() != 0 || event.pointer_type() == "touch" {
            return;
        }
        let Some(column) = target(event) else { return };
        event.prevent_default();
        let from = minute(&column.get_bounding_client_rect(), event);
        capture(&column, event);
        self.way.set_value(Some(Way::Choosing { day, from }));
        self.ghost.set(Some(Ghost { day, from, to: from + 15 }));
    }

    /// A tap on the day.
    pub fn tap(self, event: &PointerEvent, day: NaiveDate) {
        if event.pointer_type() != "touch" {
            return;
        }
        let Some(column) = target(event) else { return };
        let from = minute(&column.get_bounding_client_rect(), event);
        self.open_new(Ghost { day, from: from - from % 30, to: from - from % 30 + CLICKED });
    }

    /// Takes an appointment; by its lower edge its end.
    pub fn take(self, event: &PointerEvent, appointment: &Appointment, by_edge: bool) {
        event.stop_propagation();
        self.dragged.set_value(false);
        if event.button() != 0 || event.pointer_type() == "touch" {
            return;
        }
        let Some(block) = target(event) else { return };
        capture(&block, event);
        self.from.set_value((event.client_x(), event.client_y()));
        let appointment = Box::new(appointment.clone());
        let way = if by_edge {
            Way::Resizing { appointment }
        } else {
            let start = format::local(appointment.starts_at);
            let held = place(event).map_or(0, |(day, at)| {
                let away = day.and_time(NaiveTime::MIN) - start.0.and_time(start.1);
                away.num_minutes() + at
            });
            Way::Moving { held, appointment }
        };
        self.way.set_value(Some(way));
    }

    /// Follows the pointer.
    pub fn follow(self, event: &PointerEvent) {
        let Some(way) = self.way.get_value() else { return };
        if event.buttons() == 0 {
            // It was let go where nobody saw it.
            self.cancel();
            return;
        }
        let (x, y) = self.from.get_value();
        let is_still =
            (event.client_x() - x).abs() < TREMOR && (event.client_y() - y).abs() < TREMOR;
        let is_taken = !matches!(way, Way::Choosing { .. });
        if is_still && is_taken && self.ghost.with_untracked(Option::is_none) {
            return;
        }
        let Some((day, at)) = place(event) else { return };
        let ghost = match way {
            Way::Choosing { day, from } => {
                let (from, to) = if at < from { (at, from) } else { (from, at + 15) };
                Ghost { day, from, to }
            }
            Way::Moving { held, appointment } => {
                let length = (appointment.ends_at - appointment.starts_at).num_minutes();
                let moved = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(at - held);
                let from = snapped((moved - moved.date().and_time(NaiveTime::MIN)).num_minutes());
                Ghost { day: moved.date(), from, to: from + length }
            }
            Way::Resizing { appointment } => {
                let (first, time) = format::local(appointment.starts_at);
                let (from, to) = (minutes_of(time), (day - first).num_minutes() + at + 15);
                Ghost { day: first, from, to: to.clamp(from + 15, from + LONGEST.num_minutes()) }
            }
        };
        if self.ghost.get_untracked() != Some(ghost) {
            self.dragged.set_value(true);
            self.ghost.set(Some(ghost));
        }
    }

    /// Ends where the pointer is.
    pub fn drop(self) {
        let way = self.way.try_update_value(Option::take).flatten();
        let ghost = self.ghost.get_untracked();
        self.ghost.set(None);
        let (Some(way), Some(ghost)) = (way, ghost) else { return };
        match way {
            Way::Choosing { from, .. } => {
                let is_click = ghost.from == from && ghost.to <= from + 15;
                let to = if is_click { from + CLICKED } else { ghost.to };
                self.open_new(Ghost { to, ..ghost });
            }
            Way::Moving { appointment, .. } => {
                let start = format::moment(moment(ghost.day, ghost.from));
                let end = start + (appointment.ends_at - appointment.starts_at);
                self.moving.get_value().at_once(*appointment, start, end);
            }
            Way::Resizing { appointment } => {
                let end = format::moment(moment(ghost.day, ghost.to));
                let start = appointment.starts_at;
                self.moving.get_value().at_once(*appointment, start, end);
            }
        }
    }

    /// Lets go; nothing happened.
    pub fn cancel(self) {
        self.way.set_value(None);
        self.ghost.set(None);
    }

    /// Whether the click that comes now only ends a drag.
    pub fn was_dragged(self) -> bool {
        self.dragged.try_update_value(std::mem::take).unwrap_or_default()
    }

    fn open_new(self, ghost: Ghost) {
        self.open.run(new_at(moment(ghost.day, ghost.from), ghost.to - ghost.from));
    }
}

/// That minute of the day; midnight after it is the next day.
fn moment(day: NaiveDate, minute: i64) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute)
}

/// The minute of its day.
pub fn minutes_of(time: NaiveTime) -> i64 {
    (time - NaiveTime::MIN).num_minutes()
}

fn snapped(minutes: i64) -> i64 {
    (minutes + 7).div_euclid(15) * 15
}

fn target(event: &PointerEvent) -> Option<Element> {
    event.current_target()?.dyn_into().ok()
}

fn capture(element: &Element, event: &PointerEvent) {
    let _ = element.set_pointer_capture(event.pointer_id());
}

#[expect(clippy::cast_possible_truncation, reason = "a minute of a day")]
fn minute(column: &DomRect, event: &PointerEvent) -> i64 {
    let part = (f64::from(event.client_y()) - column.top()) / column.height();
    ((part * DAY / STEP).floor() * STEP).clamp(0.0, DAY - STEP) as i64
}

/// The day and its minute under the pointer; beside the days those that are next to it.
fn place(event: &PointerEvent) -> Option<(NaiveDate, i64)> {
    let columns =
        target(event)?.closest(".grid-days").ok()??.query_selector_all(".grid-day").ok()?;
    let x = f64::from(event.client_x());
    let mut found = None;
    for place in 0..columns.length() {
        let column: Element = columns.item(place)?.dyn_into().ok()?;
        let rect = column.get_bounding_client_rect();
        if found.is_none() || x >= rect.left() {
            found = column.get_attribute("data-day").map(|day| (day, rect));
        }
    }
    let (day, rect) = found?;
    Some((day.parse().ok()?, minute(&rect, event)))
}
