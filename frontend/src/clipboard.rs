//! The clipboard.

use crate::state::{Toasts, t};
use ebenezer_shared::texts::two_factor as f;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Puts a text on the clipboard and says whether that worked. Pages over plain http have no
/// clipboard.
pub fn copy(toasts: Toasts, text: &str) {
    let navigator = window().navigator();
    let there = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"))
        .is_ok_and(|clipboard| clipboard.is_object());
    if !there {
        toasts.error(t(f::COPY_FAILED));
        return;
    }
    let copying = JsFuture::from(navigator.clipboard().write_text(text));
    spawn_local(async move {
        match copying.await {
            Ok(_) => toasts.success(t(f::COPIED)),
            Err(_) => toasts.error(t(f::COPY_FAILED)),
        }
    });
}
