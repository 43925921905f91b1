//! Whether the server can be reached.

use leptos::{ev, prelude::*};

/// The connection, shared by context.
#[derive(Clone, Copy)]
pub struct Online(RwSignal<bool>);

impl Online {
    /// Whether there is a connection as far as we know; tracked.
    pub fn get(self) -> bool {
        self.0.get()
    }

    /// A request came through, or did not.
    pub fn report(self, reached: bool) {
        if self.0.get_untracked() != reached {
            self.0.set(reached);
        }
    }
}

/// Watches the browser's view of the network. Call once, in the root.
pub fn provide_online() -> Online {
    let online = Online(RwSignal::new(window().navigator().on_line()));
    let up = window_event_listener(ev::online, move |_| online.report(true));
    let down = window_event_listener(ev::offline, move |_| online.report(false));
    on_cleanup(move || {
        up.remove();
        down.remove();
    });
    provide_context(online);
    online
}

/// The connection that the root provided.
pub fn use_online() -> Online {
    expect_context()
}
