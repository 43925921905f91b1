//! Where menus, lists and tooltips stand: beside what they belong to, inside the window.
//!
//! They are popovers, so they lie above everything and close by Esc or a press elsewhere.
//! Positions go through the CSSOM, which the CSP allows; a `style` attribute it would not.

use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// How the floating element lies along its anchor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FloatAlign {
    /// Starts where the anchor starts.
    #[default]
    Start,
    /// Ends where the anchor ends.
    End,
    /// As wide as the anchor.
    Stretch,
    /// Above and centred: tooltips.
    Above,
}

/// Space to the anchor and to the window's edge.
const GAP: f64 = 4.0;
const EDGE: f64 = 8.0;

/// Puts `floating` beside `anchor`: below it, or above where there is no room.
pub fn place(anchor: &web_sys::Element, floating: &web_sys::HtmlElement, align: FloatAlign) {
    let style = floating.style();
    let from = anchor.get_bounding_client_rect();
    if align == FloatAlign::Stretch {
        let _ = style.set_property("--float-width", &format!("{}px", from.width()));
    }
    let own = floating.get_bounding_client_rect();
    let (width, height) = window_size();
    let below = from.bottom() + GAP;
    let above = from.top() - GAP - own.height();
    let fits_below = below + own.height() <= height - EDGE;
    let top = if align == FloatAlign::Above {
        if above >= EDGE { above } else { below }
    } else if fits_below || above < EDGE {
        below
    } else {
        above
    };
    let left = match align {
        FloatAlign::Start | FloatAlign::Stretch => from.left(),
        FloatAlign::End => from.right() - own.width(),
        FloatAlign::Above => from.left() + (from.width() - own.width()) / 2.0,
    };
    let left = left.min(width - own.width() - EDGE).max(EDGE);
    let room = if fits_below || top >= from.bottom() { height - top } else { from.top() };
    let _ = style.set_property("--float-x", &format!("{left}px"));
    let _ = style.set_property("--float-y", &format!("{top}px"));
    let _ = style.set_property("--float-room", &format!("{}px", room - EDGE));
    let _ = floating.set_attribute("data-placed", "");
}

/// It closed: the next opening starts unplaced, so that it never flashes where it was.
pub fn unplace(floating: &web_sys::HtmlElement) {
    let _ = floating.remove_attribute("data-placed");
}

fn window_size() -> (f64, f64) {
    let side = |value: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>| {
        value.ok().and_then(|value| value.as_f64()).unwrap_or_default()
    };
    (side(window().inner_width()), side(window().inner_height()))
}

/// Whether a popover is open.
pub fn is_open(floating: &web_sys::Element) -> bool {
    floating.matches(":popover-open").unwrap_or(false)
}

/// Puts a popover in its place, and the number that it is known by.
type Follower = (u32, Rc<dyn Fn()>);

thread_local! {
    /// How to put every open popover in its place again.
    static OPEN: RefCell<Vec<Follower>> = const { RefCell::new(Vec::new()) };
    static LISTENING: Cell<bool> = const { Cell::new(false) };
}

static NEXT: AtomicU32 = AtomicU32::new(0);

/// Keeps a popover beside its anchor while it is open, whatever scrolls or changes size.
/// A list has a closed menu in each row, so closed ones cost nothing.
pub fn follow(open: Signal<bool>, place_again: impl Fn() + 'static) {
    let place_again: Rc<dyn Fn()> = Rc::new(place_again);
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    let stop = move || OPEN.with_borrow_mut(|all| all.retain(|(known, _)| *known != id));
    Effect::new(move || {
        stop();
        if open.get() {
            listen();
            OPEN.with_borrow_mut(|all| all.push((id, Rc::clone(&place_again))));
        }
    });
    on_cleanup(stop);
}

/// Listens once for the whole app, in the capture phase: scrolling does not bubble.
fn listen() {
    if LISTENING.replace(true) {
        return;
    }
    let again = || {
        let open =
            OPEN.with_borrow(|all| all.iter().map(|(_, run)| Rc::clone(run)).collect::<Vec<_>>());
        for place_again in open {
            place_again();
        }
    };
    let handler = Closure::<dyn Fn()>::new(again).into_js_value();
    for name in ["scroll", "resize"] {
        let _ =
            window().add_event_listener_with_callback_and_bool(name, handler.unchecked_ref(), true);
    }
}
