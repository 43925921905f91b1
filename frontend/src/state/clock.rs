//! The time, minute by minute, for everything that says how long ago something was.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use std::sync::LazyLock;
use std::time::Duration;

static NOW: LazyLock<ArcRwSignal<DateTime<Utc>>> = LazyLock::new(|| {
    let now = ArcRwSignal::new(Utc::now());
    let ticking = now.clone();
    set_interval(move || ticking.set(Utc::now()), Duration::from_mins(1));
    now
});

/// The time, at most a minute old; views and effects that ask run again each minute.
pub fn now() -> DateTime<Utc> {
    NOW.get()
}
