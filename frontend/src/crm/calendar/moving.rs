//! Moving an appointment, by dragging or by keys: shown at once, put back when it cannot be.

use super::items::Shown;
use super::words::clock;
use crate::api::{self, ApiError, Client, use_client};
use crate::format;
use crate::state::{Query, Toasts, locale, locale_now, t, use_toasts};
use crate::ui::{Button, ButtonKind, Dialog};
use chrono::{DateTime, TimeDelta, Utc};
use ebenezer_shared::crm::appointment::{Appointment, AppointmentRef, UpdateAppointment};
use ebenezer_shared::ids::AppointmentId;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::texts;
use ebenezer_shared::texts::appointments as a;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::HtmlElement;
use std::collections::HashMap;
use std::time::Duration;
use wasm_bindgen::JsCast as _;

/// Keys are pressed several times; what they come to is sent after this pause.
const PAUSE: Duration = Duration::from_millis(700);

/// A change that the colleague's other appointments are in the way of.
#[derive(Clone)]
pub struct Refused {
    moved: Appointment,
    others: Vec<AppointmentRef>,
}

/// What moves the appointments of a calendar, for all that stands in it.
pub type Moving = StoredValue<Mover>;

/// Moves the appointments of a calendar.
#[derive(Clone, Copy)]
pub struct Mover {
    shown: Query<Shown>,
    refused: RwSignal<Option<Refused>>,
    pending: RwSignal<bool>,
    /// What is on its way, and where it went on to meanwhile.
    sending: StoredValue<HashMap<AppointmentId, Option<Appointment>>>,
    /// What was moved by keys and not sent yet.
    waiting: StoredValue<Option<(TimeoutHandle, Appointment)>>,
    client: Client,
    toasts: Toasts,
}

impl Mover {
    pub fn of(shown: Query<Shown>) -> Moving {
        StoredValue::new(Self {
            shown,
            refused: RwSignal::new(None),
            pending: RwSignal::new(false),
            sending: StoredValue::new(HashMap::new()),
            waiting: StoredValue::new(None),
            client: use_client(),
            toasts: use_toasts(),
        })
    }

    /// To where it was dragged.
    pub fn at_once(self, it: Appointment, starts_at: DateTime<Utc>, ends_at: DateTime<Utc>) {
        self.settle(&it);
        if (it.starts_at, it.ends_at) != (starts_at, ends_at) {
            let moved = Appointment { starts_at, ends_at, ..it };
            self.shown.update(|shown| shown.put(moved.clone()));
            self.send(moved, false);
        }
    }

    /// So far by a key: its beginning and its end. Further keys go on from there.
    pub fn by_key(self, it: &Appointment, start: TimeDelta, end: TimeDelta) {
        let (from, to) = (shifted(it.starts_at, start), shifted(it.ends_at, end));
        if to - from < TimeDelta::minutes(15) {
            return;
        }
        let moved = Appointment { starts_at: from, ends_at: to, ..it.clone() };
        let id = moved.id;
        self.shown.update(|shown| shown.put(moved.clone()));
        focus(id.to_string());
        self.settle(&moved);
        let sent = moved.clone();
        let sending = set_timeout_with_handle(move || self.send(sent, false), PAUSE);
        self.waiting.set_value(sending.ok().map(|handle| (handle, moved)));
    }

    /// What waits is sent at once when it is another one than that which moves now.
    fn settle(self, now: &Appointment) {
        if let Some((handle, before)) = self.waiting.try_update_value(Option::take).flatten() {
            handle.clear();
            if before.id != now.id {
                self.send(before, false);
            }
        }
    }

    fn send(self, moved: Appointment, allow_conflict: bool) {
        let is_sent = |waiting: &mut Option<(TimeoutHandle, Appointment)>| {
            waiting.take_if(|(_, it)| it.id == moved.id);
        };
        self.waiting.try_update_value(is_sent);
        // One after the other: the next one goes from the version that this one makes.
        let is_first = self.sending.try_update_value(|all| match all.get_mut(&moved.id) {
            Some(later) => {
                *later = Some(moved.clone());
                false
            }
            None => all.insert(moved.id, None).is_none(),
        });
        if is_first == Some(false) {
            return;
        }
        let patch = UpdateAppointment {
            starts_at: Some(moved.starts_at),
            ends_at: Some(moved.ends_at),
            allow_conflict,
            ..UpdateAppointment::default()
        };
        let etag = format!("\"v{}\"", moved.version);
        self.pending.try_set(true);
        spawn_local(async move {
            let answer =
                api::appointments::update(self.client, moved.id, Some(&etag), &patch).await;
            self.pending.try_set(false);
            let later = self.sending.try_update_value(|all| all.remove(&moved.id));
            match (answer, later.flatten().flatten()) {
                (Ok(changed), Some(later)) => {
                    let version = changed.value.version;
                    self.send(Appointment { version, ..later }, false);
                }
                (Ok(changed), None) => {
                    self.refused.try_set(None);
                    let (day, time) = format::local(changed.value.starts_at);
                    self.shown.update(|shown| shown.put(changed.value));
                    let said = move || {
                        let locale = locale();
                        a::moved(locale, format!("{}, {}", format::date(locale, day), clock(time)))
                    };
                    self.toasts.success(said);
                }
                (Err(error), _) => self.fail(moved, &error),
            }
        });
    }

    fn fail(self, moved: Appointment, error: &ApiError) {
        if error.is(ProblemCode::AppointmentConflict) {
            let others = error.problem().map(|problem| problem.appointments.clone());
            let refused = Refused { moved, others: others.unwrap_or_default() };
            // The page is gone where nobody can be asked any more.
            if self.refused.try_set(Some(refused)).is_some() {
                self.toasts.error(error.title(locale_now()));
            }
            return;
        }
        if error.is(ProblemCode::PreconditionFailed) {
            self.toasts.error(t(a::CHANGED_MEANWHILE));
        } else {
            self.toasts.error(error.title(locale_now()));
        }
        self.shown.reload();
    }

    fn put_back(self) {
        self.refused.set(None);
        self.shown.reload();
    }
}

/// By the clock on the wall: a day later is the same time, also where clocks are changed.
fn shifted(at: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    let (day, time) = format::local(at);
    format::moment(day.and_time(time) + by)
}

/// The page is drawn anew; whoever moves by keys stays where they were.
fn focus(id: String) {
    request_animation_frame(move || {
        let found = document().query_selector(&format!("[data-appointment=\"{id}\"]"));
        if let Some(element) = found.ok().flatten().and_then(|it| it.dyn_into::<HtmlElement>().ok())
        {
            let _ = element.focus();
        }
    });
}

/// Those that are in the way: when, and what they are about.
#[component]
pub fn InTheWay(#[prop(into)] others: Signal<Vec<AppointmentRef>>) -> impl IntoView {
    let line = |locale: Locale, it: &AppointmentRef| {
        let (from, to) = (format::local(it.starts_at), format::local(it.ends_at));
        let day = format::date(locale, from.0);
        format!("{day}, {}–{}: {}", clock(from.1), clock(to.1), it.title)
    };
    let lines = move || {
        let said = |it: AppointmentRef| view! { <li>{move || line(locale(), &it)}</li> };
        others.get().into_iter().map(said).collect::<Vec<_>>()
    };
    view! { <ul class="in-the-way" data-testid="in-the-way">{lines}</ul> }
}

/// The question when a colleague has another appointment then.
#[component]
pub fn ConflictQuestion(
    #[prop(into)] others: Signal<Vec<AppointmentRef>>,
    #[prop(into)] pending: Signal<bool>,
    on_insist: Callback<()>,
    on_back: Callback<()>,
) -> impl IntoView {
    let footer = move || {
        view! {
            <Button on_click=move || on_back.run(()) attr:data-testid="conflict-back">
                {t(a::CONFLICT_OTHER)}
            </Button>
            <Button
                kind=ButtonKind::Primary
                loading=pending
                on_click=move || on_insist.run(())
                attr:data-testid="conflict-insist"
            >
                {t(a::CONFLICT_SAVE)}
            </Button>
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || !others.with(Vec::is_empty))
            on_close=on_back
            title=t(texts::problems::APPOINTMENT_CONFLICT)
            footer
            attr:data-testid="conflict-question"
        >
            <p class="quiet">{t(texts::problems::APPOINTMENT_CONFLICT_DETAIL)}</p>
            <InTheWay others/>
        </Dialog>
    }
}

/// The question of a calendar.
#[component]
pub fn MovingQuestion(moving: Moving) -> impl IntoView {
    let moving = moving.get_value();
    let others = Signal::derive(move || {
        moving.refused.with(|it| it.as_ref().map(|it| it.others.clone())).unwrap_or_default()
    });
    let insist = Callback::new(move |()| {
        if let Some(refused) = moving.refused.get_untracked() {
            moving.send(refused.moved, true);
        }
    });
    let back = Callback::new(move |()| moving.put_back());
    view! { <ConflictQuestion others pending=moving.pending on_insist=insist on_back=back/> }
}
