//! Asks before work that was not saved is left behind.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// What the person was about to do.
#[derive(Clone)]
pub enum Leave {
    /// Go to another page of the app.
    To(String),
    /// Do something else that drops the page.
    Do(Callback<()>),
}

/// The forms on the page that hold something unsaved.
#[derive(Clone, Copy)]
pub struct Unsaved {
    forms: RwSignal<Vec<(u64, Signal<bool>)>>,
    next: StoredValue<u64>,
    asking: RwSignal<Option<Leave>>,
    here: StoredValue<String>,
}

impl Unsaved {
    /// Whether leaving now would lose something.
    pub fn is_dirty(self) -> bool {
        self.forms.with_untracked(|forms| {
            forms.iter().any(|(_, dirty)| dirty.try_get_untracked().unwrap_or(false))
        })
    }

    /// What waits for an answer; tracked.
    pub fn asking(self) -> Option<Leave> {
        self.asking.get()
    }

    /// Does it at once, or asks first.
    pub fn guard(self, run: Callback<()>) {
        if self.is_dirty() {
            self.asking.set(Some(Leave::Do(run)));
        } else {
            run.run(());
        }
    }

    /// Whether to stay and ask before the app goes to the path: then the answer leads there.
    pub fn asks_before(self, path: &str) -> bool {
        let asks = self.is_dirty();
        if asks {
            self.asking.set(Some(Leave::To(path.to_owned())));
        }
        asks
    }

    /// The person stays.
    pub fn stay(self) {
        self.asking.set(None);
    }

    /// The person leaves: nothing is guarded any more.
    pub fn forget(self) -> Option<Leave> {
        self.forms.update(Vec::clear);
        let leave = self.asking.get_untracked();
        self.asking.set(None);
        leave
    }

    /// Where the app is, for the way back when the browser has already gone.
    pub fn remember_here(self, url: String) {
        self.here.set_value(url);
    }

    fn on_click(self, event: &web_sys::MouseEvent) {
        let plain = event.button() == 0
            && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if !plain || event.default_prevented() || !self.is_dirty() {
            return;
        }
        if let Some(path) = internal_link(event) {
            event.prevent_default();
            event.stop_immediate_propagation();
            self.asking.set(Some(Leave::To(path)));
        }
    }

    fn on_back(self, event: &web_sys::Event) {
        if !self.is_dirty() {
            return;
        }
        let location = window().location();
        let there = [location.pathname(), location.search(), location.hash()]
            .into_iter()
            .map(Result::unwrap_or_default)
            .collect::<String>();
        event.stop_immediate_propagation();
        if let Ok(history) = window().history() {
            let here = self.here.get_value();
            let _ = history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&here));
        }
        self.asking.set(Some(Leave::To(there)));
    }
}

/// The path behind a clicked link that the app itself would follow to another page.
fn internal_link(event: &web_sys::MouseEvent) -> Option<String> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = target.closest("a[href]").ok().flatten()?;
    if link.has_attribute("target") || link.has_attribute("download") {
        return None;
    }
    let href = link.get_attribute("href")?;
    let here = window().location().pathname().unwrap_or_default();
    (href.starts_with('/') && !href.starts_with("//") && href != here).then_some(href)
}

/// Installs the guards. Call in the root, before the router installs its own listeners:
/// ours must see clicks and the back button first.
pub fn provide_unsaved() -> Unsaved {
    let unsaved = Unsaved {
        forms: RwSignal::new(Vec::new()),
        next: StoredValue::new(0),
        asking: RwSignal::new(None),
        here: StoredValue::new(String::new()),
    };
    listen_first("click", move |event| {
        if let Some(event) = event.dyn_ref::<web_sys::MouseEvent>() {
            unsaved.on_click(event);
        }
    });
    listen_first("popstate", move |event| unsaved.on_back(&event));
    let unload = window_event_listener(ev::beforeunload, move |event| {
        if unsaved.is_dirty() {
            event.prevent_default();
        }
    });
    on_cleanup(move || unload.remove());
    provide_context(unsaved);
    unsaved
}

/// Listens in the capture phase for as long as the app runs.
fn listen_first(name: &str, handle: impl Fn(web_sys::Event) + 'static) {
    let handler = Closure::<dyn Fn(web_sys::Event)>::new(handle).into_js_value();
    let _ = window().add_event_listener_with_callback_and_bool(name, handler.unchecked_ref(), true);
}

/// The guard that the root provided.
pub fn use_unsaved() -> Unsaved {
    expect_context()
}

/// Guards a form for as long as its component lives: `dirty` says whether it holds
/// something unsaved.
pub fn guard_unsaved(dirty: impl Into<Signal<bool>>) {
    let unsaved = use_unsaved();
    let id = unsaved.next.with_value(|next| next + 1);
    unsaved.next.set_value(id);
    let dirty = dirty.into();
    unsaved.forms.update(|forms| forms.push((id, dirty)));
    on_cleanup(move || {
        unsaved.forms.try_update(|forms| forms.retain(|(known, _)| *known != id));
    });
}
