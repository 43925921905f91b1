//! A month: its days in weeks.

use super::event::{Chip, Dragged, dues};
use super::items::Day;
use super::moving::Moving;
use super::query::{day_path, new_at};
use crate::format;
use crate::state::clock::now;
use crate::state::{UrlState, locale, use_session};
use crate::ui::{Icon, IconView};
use chrono::{Datelike as _, NaiveDate, NaiveTime};
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::appointments as a;
use leptos::prelude::*;
use std::collections::HashMap;

/// So much is shown of a day; the day itself shows all.
const SHOWN: usize = 4;

/// When a new one begins that is made for a day.
const MORNING: NaiveTime = NaiveTime::from_hms_opt(9, 0, 0).unwrap();

#[expect(clippy::needless_pass_by_value, reason = "props are owned")]
/// The month of `day`.
#[component]
pub fn MonthGrid(
    shown: HashMap<NaiveDate, Day>,
    days: Vec<NaiveDate>,
    day: NaiveDate,
    url: UrlState,
    moving: Moving,
) -> impl IntoView {
    let dragged = Dragged::new(None);
    let heads = days.iter().take(7).copied();
    let heads = heads.map(|day| {
        view! { <div class="month-head">{move || format::weekday(locale(), day)}</div> }
    });
    let heads: Vec<_> = heads.collect();
    let mut shown = shown;
    let cell = |at: NaiveDate| {
        let is_other = at.month() != day.month();
        let inside = shown.remove(&at).unwrap_or_default();
        view! { <Cell inside at is_other url moving dragged/> }
    };
    let cells: Vec<_> = days.iter().copied().map(cell).collect();
    view! {
        <div class="month" data-testid="month">
            <div class="month-heads" aria-hidden="true">{heads}</div>
            <div class="month-days">{cells}</div>
        </div>
    }
}

#[component]
fn Cell(
    inside: Day,
    at: NaiveDate,
    is_other: bool,
    url: UrlState,
    moving: Moving,
    dragged: Dragged,
) -> impl IntoView {
    let session = use_session();
    let over = RwSignal::new(false);
    let Day { appointments: mut all, deadlines: cases, tasks } = inside;
    let count = all.len() + cases.len() + tasks.len();
    let fits = if count > SHOWN { SHOWN - 1 } else { SHOWN };
    let cases: Vec<_> = cases.into_iter().take(fits).collect();
    let tasks: Vec<_> = tasks.into_iter().take(fits - cases.len()).collect();
    all.truncate(fits - cases.len() - tasks.len());
    let more = count - all.len() - cases.len() - tasks.len();
    let chips: Vec<_> = all.into_iter().map(|it| view! { <Chip it at moving dragged/> }).collect();
    let is_today = move || format::local(now()).0 == at;
    let name = move || format::date(locale(), at);
    let may_add = untrack(|| session.allows(Module::Appointments, Action::Add));
    view! {
        <div
            class="month-day"
            data-day=at.to_string()
            data-other=is_other.then_some("true")
            data-today=move || is_today().then_some("true")
            data-over=move || over.get().then_some("true")
            on:dragover=move |event| {
                if dragged.with_untracked(Option::is_some) {
                    event.prevent_default();
                    over.set(true);
                }
            }
            on:dragleave=move |_| over.set(false)
            on:drop=move |event| {
                event.prevent_default();
                over.set(false);
                if let Some((it, held)) = dragged.try_update(Option::take).flatten() {
                    let (day, time) = format::local(it.starts_at);
                    let start = format::moment(day.and_time(time) + (at - held));
                    let end = start + (it.ends_at - it.starts_at);
                    moving.get_value().at_once(it, start, end);
                }
            }
        >
            <div class="month-day-head">
                <a class="month-number" href=move || day_path(url, at) aria-label=name>{at.day()}</a>
                {may_add.then(|| view! {
                    <a
                        class="month-add"
                        href=new_at(at.and_time(MORNING), 60)
                        aria-label=move || format!("{}: {}", a::NEW.get(locale()), name())
                    >
                        <IconView icon=Icon::Plus/>
                    </a>
                })}
            </div>
            {dues(cases, tasks)}
            {chips}
            {(more > 0).then(|| view! {
                <a class="month-more" href=move || day_path(url, at)>
                    {move || a::more(locale(), more)}
                </a>
            })}
        </div>
    }
    .into_any()
}
