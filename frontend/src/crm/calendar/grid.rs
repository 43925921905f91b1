//! Days side by side, hour under hour.

use super::event::{dues, inside, may_move, on_key};
use super::items::Day;
use super::lanes::lanes;
use super::moving::Moving;
use super::pointer::{Dragging, Ghost, minutes_of};
use super::query::day_path;
use super::span::View;
use super::words::beside;
use crate::format;
use crate::routes::Route;
use crate::state::clock::now;
use crate::state::{UrlState, locale, t, use_session};
use chrono::{NaiveDate, NaiveTime};
use ebenezer_shared::crm::appointment::Appointment;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::appointments as a;
use leptos::ev::PointerEvent;
use leptos::html::Div;
use leptos::prelude::*;
use std::collections::HashMap;

/// What is in sight at first begins at that hour.
const FIRST_HOUR: i32 = 7;

/// How far down the person went; it outlives the days, which are drawn anew at each change.
pub type Scrolled = StoredValue<Option<i32>>;

/// A part of a day, for the style: `12.5%`.
#[expect(clippy::cast_precision_loss, reason = "a minute of a day")]
fn part(minutes: i64) -> String {
    format!("{:.4}%", minutes as f64 / 14.4)
}

/// The days.
#[component]
pub fn TimeGrid(
    shown: HashMap<NaiveDate, Day>,
    days: Vec<NaiveDate>,
    view: View,
    url: UrlState,
    moving: Moving,
    dragging: Dragging,
    scrolled: Scrolled,
) -> impl IntoView {
    let body = NodeRef::<Div>::new();
    Effect::new(move || {
        if let Some(body) = body.get() {
            let first = || body.scroll_height() / 24 * FIRST_HOUR;
            body.set_scroll_top(scrolled.get_value().unwrap_or_else(first));
        }
    });
    let on_scroll = move |_| {
        if let Some(body) = body.get_untracked() {
            scrolled.set_value(Some(body.scroll_top()));
        }
    };
    let hours: Vec<_> = (1..24)
        .map(|hour| view! { <span class="grid-hour">{format!("{hour:02}:00")}</span> })
        .collect();
    let (mut heads, mut columns, mut shown) = (Vec::new(), Vec::new(), shown);
    for day in days {
        let Day { appointments: all, deadlines, tasks } = shown.remove(&day).unwrap_or_default();
        heads.push(view! { <Head day due=dues(deadlines, tasks) url/> });
        columns.push(view! { <Column day all view moving dragging/> });
    }
    view! {
        <div class="grid" data-view=view.key() data-testid="time-grid">
            <p class="visually-hidden" id="grid-help">{t(a::GRID_HELP)}</p>
            <div
                class="grid-body"
                node_ref=body
                tabindex="0"
                role="region"
                aria-label=t(a::TITLE)
                on:scroll=on_scroll
            >
                <div class="grid-heads"><div class="grid-corner"></div>{heads}</div>
                <div class="grid-days">
                    <div class="grid-hours" aria-hidden="true">{hours}</div>
                    {columns}
                </div>
            </div>
        </div>
    }
}

#[component]
fn Head(day: NaiveDate, due: AnyView, url: UrlState) -> impl IntoView {
    let is_today = move || format::local(now()).0 == day;
    view! {
        <div class="grid-head" data-today=move || is_today().then_some("true")>
            <a class="grid-head-day" href=move || day_path(url, day)>
                {move || format::weekday_and_day(locale(), day)}
            </a>
            {due}
        </div>
    }
}

#[component]
fn Column(
    day: NaiveDate,
    all: Vec<Appointment>,
    view: View,
    moving: Moving,
    dragging: Dragging,
) -> impl IntoView {
    let session = use_session();
    let may_add = untrack(|| session.allows(Module::Appointments, Action::Add));
    let spans: Vec<_> = all.iter().map(|it| within(it, day)).collect();
    let placed = lanes(&spans.iter().map(|span| (span.0, span.1)).collect::<Vec<_>>());
    let blocks: Vec<_> = all
        .into_iter()
        .zip(spans.into_iter().zip(placed))
        .map(|(it, (span, lane))| view! { <Block it span lane view moving dragging/> })
        .collect();
    let line = move || {
        let (today, time) = format::local(now());
        (today == day).then(|| {
            view! { <div class="grid-now" style:inset-block-start=part(minutes_of(time))></div> }
        })
    };
    view! {
        <div
            class="grid-day"
            data-day=day.to_string()
            on:pointerdown=move |event: PointerEvent| if may_add { dragging.choose(&event, day) }
            on:pointermove=move |event: PointerEvent| dragging.follow(&event)
            on:pointerup=move |event: PointerEvent| {
                dragging.drop();
                if may_add && is_own(&event) {
                    dragging.tap(&event, day);
                }
            }
            on:pointercancel=move |_| dragging.cancel()
        >
            {blocks}
            {line}
            <Shadow day ghost=dragging.ghost/>
        </div>
    }
    .into_any()
}

/// Whether the day itself was touched, not what stands on it.
fn is_own(event: &PointerEvent) -> bool {
    event.target() == event.current_target()
}

/// From which minute of the day to which, and whether it ends on it: what began before the day
/// begins with it.
fn within(it: &Appointment, day: NaiveDate) -> (i64, i64, bool) {
    let (from, to) = (format::local(it.starts_at), format::local(it.ends_at));
    let start = day.and_time(NaiveTime::MIN);
    let minute = |(day, time): (NaiveDate, NaiveTime)| (day.and_time(time) - start).num_minutes();
    let from = minute(from).clamp(0, 1440 - 15);
    (from, minute(to).clamp(from + 15, 1440), minute(to) <= 1440)
}

/// How many lines fit into so many minutes.
const fn lines(minutes: i64) -> &'static str {
    match minutes {
        60.. => "3",
        45.. => "2",
        _ => "1",
    }
}

/// What is being chosen or moved.
#[component]
fn Shadow(day: NaiveDate, ghost: RwSignal<Option<Ghost>>) -> impl IntoView {
    move || {
        let ghost = ghost.get()?;
        let (from, to) = ghost.on(day)?;
        let time = |minute: i64| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
        let said = format!("{}–{}", time(ghost.from), time(ghost.to));
        Some(view! {
            <div
                class="grid-ghost"
                style:inset-block-start=part(from)
                style:block-size=part(to - from)
            >
                {said}
            </div>
        })
    }
}

#[component]
fn Block(
    it: Appointment,
    span: (i64, i64, bool),
    lane: (usize, usize),
    view: View,
    moving: Moving,
    dragging: Dragging,
) -> impl IntoView {
    let may = may_move();
    let (held, edged, keyed, said) = (it.clone(), it.clone(), it.clone(), it.clone());
    let width =
        |lanes: usize| format!("{:.4}%", 100.0 / f64::from(u32::try_from(lanes).unwrap_or(1)));
    let left = format!("calc({} * {})", width(lane.1), lane.0);
    view! {
        <a
            class="event"
            data-appointment=it.id.to_string()
            data-status=it.status.as_str()
            data-lines=lines(span.1 - span.0)
            href=Route::Appointment(it.id).path()
            draggable="false"
            aria-describedby=may.then_some("grid-help")
            style:inset-block-start=part(span.0)
            style:block-size=part(span.1 - span.0)
            style:inset-inline-start=left
            style:inline-size=width(lane.1)
            on:pointerdown=move |event: PointerEvent| if may { dragging.take(&event, &held, false) }
            on:click=move |event| if dragging.was_dragged() { event.prevent_default() }
            on:keydown=move |event| if may { on_key(&event, view, moving, &keyed) }
        >
            {inside(&it)}
            <span class="visually-hidden">{move || beside(locale(), &said)}</span>
            {(may && span.2).then(|| view! {
                <span
                    class="event-edge"
                    on:pointerdown=move |event: PointerEvent| dragging.take(&event, &edged, true)
                ></span>
            })}
        </a>
    }
}
