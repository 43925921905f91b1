//! The title of the browser tab.

use leptos::prelude::*;

/// Names the tab after the page, and after the product.
pub fn use_title(title: impl Into<TextProp>) {
    let title = title.into();
    Effect::new(move || document().set_title(&format!("{} · Ebenezer", title.get())));
}
