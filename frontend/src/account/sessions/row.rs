//! A session in the list.

use super::ending::Ending;
use crate::state::{locale, t};
use crate::ui::{Badge, Button, ButtonSize, Column, RelativeTime, Tone};
use chrono::{DateTime, Utc};
use ebenezer_shared::session::SessionInfo;
use ebenezer_shared::texts::common::ACTIONS;
use ebenezer_shared::texts::sessions as s;
use leptos::prelude::*;

/// The columns of the list.
#[expect(clippy::large_types_passed_by_value, reason = "a bundle of handles")]
pub fn columns(ending: Ending) -> Vec<Column<SessionInfo>> {
    vec![
        Column::new(t(s::DEVICE), |row: &SessionInfo| view! { <Device session=row.clone()/> })
            .title(),
        Column::new(t(s::ADDRESS), |row: &SessionInfo| {
            view! { <span class="session-address">{row.ip.clone()}</span> }
        }),
        Column::new(t(s::STARTED), |row: &SessionInfo| view! { <Time at=row.created_at/> })
            .wide_only(),
        Column::new(t(s::LAST_ACTIVE), |row: &SessionInfo| view! { <Time at=row.last_active_at/> }),
        Column::new(t(ACTIONS), move |row: &SessionInfo| {
            let session = row.clone();
            (!row.is_current).then(|| view! { <End session ending/> })
        })
        .actions(),
    ]
}

/// What people call the browser or program, in their language.
pub fn device(session: &SessionInfo) -> String {
    match (&session.browser, &session.system) {
        (Some(browser), Some(system)) => s::browser_on_system(locale(), browser, system),
        (Some(name), None) | (None, Some(name)) => name.clone(),
        (None, None) => s::UNKNOWN.get(locale()).to_owned(),
    }
}

/// Its name; of one that we do not know, what it called itself.
#[component]
fn Device(session: SessionInfo) -> impl IntoView {
    let is_current = session.is_current;
    let note = session.browser.is_none().then(|| session.user_agent.clone());
    let note = note.filter(|note| !note.is_empty());
    view! {
        <span class="session-device">
            <span class="person">
                <span class="session-name">{move || device(&session)}</span>
                {note.map(|note| view! { <span class="person-note">{note}</span> })}
            </span>
            {is_current.then(|| view! { <Badge tone=Tone::Success>{t(s::CURRENT)}</Badge> })}
        </span>
    }
}

#[component]
fn Time(at: DateTime<Utc>) -> impl IntoView {
    view! { <span class="session-time"><RelativeTime at=Signal::stored(at)/></span> }
}

#[component]
fn End(session: SessionInfo, ending: Ending) -> impl IntoView {
    let label = {
        let session = session.clone();
        move || s::end_of(locale(), device(&session))
    };
    view! {
        <Button
            size=ButtonSize::Small
            on_click=move || ending.end(session.clone())
            attr:aria-label=label
            attr:data-testid="end-session"
        >
            {t(s::END)}
        </Button>
    }
}
