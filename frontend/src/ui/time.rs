//! Days and moments in the language and time zone of the reader.

use super::tooltip::Tooltip;
use crate::format;
use crate::state::clock::now;
use crate::state::{locale, use_session};
use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;

/// How long ago it was, with the exact time on hover and focus.
#[component]
pub fn RelativeTime(#[prop(into)] at: Signal<DateTime<Utc>>) -> impl IntoView {
    let session = use_session();
    let exact = move || {
        let zone = session.tenant().map(|tenant| tenant.time_zone);
        format::date_time(locale(), at.get(), zone.as_deref())
    };
    view! {
        <Tooltip text=exact focusable=true>
            <time datetime=move || at.get().to_rfc3339()>
                {move || format::relative(locale(), at.get(), now())}
            </time>
        </Tooltip>
    }
}

/// A day as the language writes it.
#[component]
pub fn DateView(#[prop(into)] day: Signal<NaiveDate>) -> impl IntoView {
    view! {
        <time datetime=move || day.get().to_string()>{move || format::date(locale(), day.get())}</time>
    }
}
