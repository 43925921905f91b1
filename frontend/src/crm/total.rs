//! How many there are.

use crate::state::locale;
use crate::ui::pagination::PageInfo;
use ebenezer_shared::locale::{Locale, number};
use leptos::prelude::*;

/// “3 contactos”, “más de 10.000 contactos”. Heard when it changes.
#[component]
pub fn Total(
    /// None until it is known.
    info: Signal<Option<PageInfo>>,
    /// The count in words.
    count: fn(Locale, u64) -> String,
    /// More than the count in words.
    capped: fn(Locale, String) -> String,
) -> impl IntoView {
    let said = move || {
        let (info, locale) = (info.get()?, locale());
        Some(if info.total_is_exact {
            count(locale, info.total)
        } else {
            capped(locale, number(locale, info.total))
        })
    };
    view! { <p class="list-total" role="status" data-testid="total">{said}</p> }
}
