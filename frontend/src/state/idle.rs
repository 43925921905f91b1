//! Half an hour without activity ends the session, with a warning two minutes before.
//!
//! Activity in any tab counts for all: the time of the last one is kept where every tab
//! of the browser sees it. The server counts requests; someone who types for a long time
//! sends none, so while they are active one small request goes out every few minutes.

use super::session::Session;
use super::storage;
use crate::api::{self, Client};
use leptos::task::spawn_local;
use leptos::{ev, prelude::*};
use std::time::Duration;

/// Without activity for this long, the session ends.
pub const LIMIT: f64 = 30.0 * 60_000.0;
/// The warning shows for this long before.
pub const WARNING: f64 = 2.0 * 60_000.0;
/// While active, the server hears of it this often.
const TELL_SERVER: f64 = 5.0 * 60_000.0;
/// Activity is noted at most this often.
const NOTE_EVERY: f64 = 5_000.0;

/// The watch, shared by context.
#[derive(Clone, Copy)]
pub struct Idle {
    session: Session,
    client: Client,
    last: StoredValue<f64>,
    remaining: RwSignal<Option<u32>>,
}

impl Idle {
    /// Seconds until the session ends, while the warning shows; tracked.
    pub fn remaining(self) -> Option<u32> {
        self.remaining.get()
    }

    /// The person goes on working.
    pub fn stay(self) {
        self.note(js_sys::Date::now());
        self.remaining.set(None);
        self.tell_server();
    }

    fn note(self, now: f64) {
        self.last.set_value(now);
        storage::set(storage::ACTIVITY, Some(&format!("{now:.0}")));
    }

    /// Somebody moved, typed or touched. While the warning shows only its button counts,
    /// so that nobody answers it unseen.
    fn on_activity(self) {
        let now = js_sys::Date::now();
        if self.remaining.get_untracked().is_none() && now - self.last.get_value() > NOTE_EVERY {
            self.note(now);
        }
    }

    fn last_activity(self) -> f64 {
        storage::get(storage::ACTIVITY)
            .and_then(|text| text.parse().ok())
            .unwrap_or_else(|| self.last.get_value())
    }

    fn tick(self) {
        if self.session.token().is_none() {
            self.remaining.set(None);
            return;
        }
        let now = js_sys::Date::now();
        let last = self.last_activity();
        let left = LIMIT - (now - last);
        if left <= 0.0 {
            self.remaining.set(None);
            self.session.end_idle();
        } else if left <= WARNING {
            self.remaining.set(Some(whole_seconds(left)));
        } else {
            if self.remaining.get_untracked().is_some() {
                self.remaining.set(None);
            }
            let served = self.session.served_at();
            if last > served && now - served > TELL_SERVER {
                self.tell_server();
            }
        }
    }

    fn tell_server(self) {
        self.session.mark_served();
        let client = self.client;
        spawn_local(async move {
            let _ = api::auth::me(client).await;
        });
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and two minutes"
)]
fn whole_seconds(milliseconds: f64) -> u32 {
    (milliseconds / 1000.0).ceil() as u32
}

/// Watches for activity. Call once, in the root.
pub fn provide_idle(session: Session, client: Client) -> Idle {
    let idle = Idle {
        session,
        client,
        last: StoredValue::new(js_sys::Date::now()),
        remaining: RwSignal::new(None),
    };
    // A new login starts a new half hour.
    Effect::new(move |_| {
        if session.account().is_some() && !session.is_locked() {
            idle.note(js_sys::Date::now());
            idle.remaining.set(None);
        }
    });
    let listeners = [
        window_event_listener(ev::pointerdown, move |_| idle.on_activity()),
        window_event_listener(ev::keydown, move |_| idle.on_activity()),
    ];
    let moves = window_event_listener(ev::pointermove, move |_| idle.on_activity());
    let wheel = window_event_listener(ev::wheel, move |_| idle.on_activity());
    let other_tabs = window_event_listener(ev::storage, move |event| {
        if event.key().as_deref() == Some(storage::LOGOUT) {
            session.end_elsewhere();
        }
    });
    let ticking = set_interval_with_handle(move || idle.tick(), Duration::from_secs(1)).ok();
    on_cleanup(move || {
        listeners
            .into_iter()
            .chain([moves, wheel, other_tabs])
            .for_each(WindowListenerHandle::remove);
        if let Some(ticking) = ticking {
            ticking.clear();
        }
    });
    provide_context(idle);
    idle
}

/// The watch that the root provided.
pub fn use_idle() -> Idle {
    expect_context()
}
