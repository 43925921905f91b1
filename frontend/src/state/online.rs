//! Whether the server can be reached.

use leptos::{ev, prelude::*};
use std::time::Duration;

/// How often what failed is tried again while the server does not answer.
const TRY_AGAIN: Duration = Duration::from_secs(15);

/// The connection, shared by context.
#[derive(Clone, Copy)]
pub struct Online {
    reached: RwSignal<bool>,
    /// Counts the moments at which it is worth trying again.
    chances: RwSignal<u32>,
}

impl Online {
    /// Whether there is a connection as far as we know; tracked.
    pub fn get(self) -> bool {
        self.reached.get()
    }

    /// Changes when what failed for want of a connection may succeed now; tracked.
    pub fn chances(self) -> u32 {
        self.chances.get()
    }

    /// A request came through, or did not.
    pub fn report(self, reached: bool) {
        if self.reached.get_untracked() != reached {
            self.reached.set(reached);
            if reached {
                self.try_again();
            }
        }
    }

    fn try_again(self) {
        self.chances.update(|chances| *chances = chances.wrapping_add(1));
    }

    /// The browser has a network, but the server did not answer over it.
    fn tick(self) {
        if !self.reached.get_untracked() && window().navigator().on_line() {
            self.try_again();
        }
    }
}

/// Watches the browser's view of the network. Call once, in the root.
pub fn provide_online() -> Online {
    let online = Online {
        reached: RwSignal::new(window().navigator().on_line()),
        chances: RwSignal::new(0),
    };
    let up = window_event_listener(ev::online, move |_| {
        online.report(true);
        online.try_again();
    });
    let down = window_event_listener(ev::offline, move |_| online.report(false));
    let ticking = set_interval_with_handle(move || online.tick(), TRY_AGAIN).ok();
    on_cleanup(move || {
        up.remove();
        down.remove();
        if let Some(ticking) = ticking {
            ticking.clear();
        }
    });
    provide_context(online);
    online
}

/// The connection that the root provided.
pub fn use_online() -> Online {
    expect_context()
}
