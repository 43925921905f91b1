//! What stands on a day.

use super::moving::Moving;
use super::span::View;
use super::words::{beside, clock, times};
use crate::crm::cases::title;
use crate::format;
use crate::routes::Route;
use crate::state::{locale, t, use_session};
use crate::ui::{Icon, IconView};
use chrono::{NaiveDate, TimeDelta};
use ebenezer_shared::crm::appointment::Appointment;
use ebenezer_shared::crm::case::CaseSummary;
use ebenezer_shared::crm::task::Task;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::appointments as a;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// Whether the person may move appointments.
pub fn may_move() -> bool {
    untrack(|| use_session().allows(Module::Appointments, Action::Change))
}

/// Moves it by Alt and the arrows; with Shift its end alone. In a month the arrows go by days
/// and weeks.
pub fn on_key(event: &KeyboardEvent, view: View, moving: Moving, it: &Appointment) {
    if !event.alt_key() || event.ctrl_key() || event.meta_key() {
        return;
    }
    let (day, quarter) = (TimeDelta::days(1), TimeDelta::minutes(15));
    let by = match (event.key().as_str(), view) {
        ("ArrowLeft", _) => -day,
        ("ArrowRight", _) => day,
        ("ArrowUp", View::Month) => day * -7,
        ("ArrowDown", View::Month) => day * 7,
        ("ArrowUp", _) => -quarter,
        ("ArrowDown", _) => quarter,
        _ => return,
    };
    event.prevent_default();
    if !event.shift_key() {
        moving.get_value().by_key(it, by, by);
    } else if by.num_days() == 0 {
        moving.get_value().by_key(it, TimeDelta::zero(), by);
    }
}

/// What it says: when, what, with whom.
pub fn inside(it: &Appointment) -> AnyView {
    let with = it.client.as_ref().map(|client| client.name.clone());
    view! {
        <span class="event-title">{it.title.clone()}</span>
        <span class="event-time">{times(it)}</span>
        {with.map(|name| view! { <span class="event-with">{name}</span> })}
    }
    .into_any()
}

/// What is dragged over a month, and by which of its days.
pub type Dragged = RwSignal<Option<(Appointment, NaiveDate)>>;

/// In a line of a month.
#[expect(clippy::needless_pass_by_value, reason = "props are owned")]
#[component]
pub fn Chip(it: Appointment, at: NaiveDate, moving: Moving, dragged: Dragged) -> impl IntoView {
    let may = may_move();
    let (held, keyed, said) = (it.clone(), it.clone(), it.clone());
    view! {
        <a
            class="chip-event"
            data-appointment=it.id.to_string()
            data-status=it.status.as_str()
            href=Route::Appointment(it.id).path()
            title=it.title.clone()
            draggable=may.to_string()
            on:dragstart=move |event| {
                if let Some(transfer) = event.data_transfer() {
                    // Firefox drags nothing that carries no data.
                    let _ = transfer.set_data("text/plain", &held.id.to_string());
                    transfer.set_effect_allowed("move");
                }
                dragged.set(Some((held.clone(), at)));
            }
            on:dragend=move |_| dragged.set(None)
            on:keydown=move |event| if may { on_key(&event, View::Month, moving, &keyed) }
        >
            <span class="event-time">{clock(format::local(it.starts_at).1)}</span>
            " "
            <span class="event-title">{it.title.clone()}</span>
            <span class="visually-hidden">{move || beside(locale(), &said)}</span>
        </a>
    }
}

/// Cases and tasks that are due.
pub fn dues(cases: Vec<CaseSummary>, tasks: Vec<Task>) -> AnyView {
    let case = |it: CaseSummary| {
        let name = it.client.name.clone();
        let said =
            move || format!("{}: {}", title(locale(), it.kind, it.tax_year, it.period), name);
        let shown = said.clone();
        view! {
            <a class="chip-event" data-kind="deadline" href=Route::Case(it.id).path() title=said>
                <IconView icon=Icon::Briefcase/>
                <span class="visually-hidden">{t(a::DEADLINES)}</span>
                <span class="event-title">{shown}</span>
            </a>
        }
    };
    let task = |it: Task| {
        let named = it.title.clone();
        view! {
            <a class="chip-event" data-kind="task" href=Route::Task(it.id).path() title=named>
                <IconView icon=Icon::Check/>
                <span class="visually-hidden">{t(a::TASKS)}</span>
                <span class="event-title">{it.title}</span>
            </a>
        }
    };
    let cases: Vec<_> = cases.into_iter().map(case).collect();
    let tasks: Vec<_> = tasks.into_iter().map(task).collect();
    view! { {cases} {tasks} }.into_any()
}
