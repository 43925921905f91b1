//! Where menus, lists and tooltips stand: beside what they belong to, inside the window.
//!
//! They are popovers, so they lie above everything and close by Esc or a press elsewhere.
//! Positions go through the CSSOM, which the CSP allows; a `style` attribute it would not.

use leptos::{ev, prelude::*};

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

/// Keeps an open popover beside its anchor while the page scrolls or the window changes.
pub fn follow(place_again: impl Fn() + Clone + Send + Sync + 'static) {
    let again = place_again.clone();
    let resize = window_event_listener(ev::resize, move |_| again());
    let scroll = window_event_listener(ev::scroll, move |_| place_again());
    on_cleanup(move || {
        resize.remove();
        scroll.remove();
    });
}
