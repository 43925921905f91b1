//! Tax numbers and dates of birth: masked, shown one at a time on request, and hidden again.

use super::secret_reason::ReasonDialog;
use crate::api::{self, ApiError, Client, use_client};
use crate::format;
use crate::state::{locale, locale_now, t, use_session, use_toasts};
use crate::ui::{Button, ButtonKind, ButtonSize, Icon};
use chrono::NaiveDate;
use ebenezer_shared::crm::contact::ContactSecret;
use ebenezer_shared::crm::corporation::CorporationSecret;
use ebenezer_shared::crm::reveal::Revealed;
use ebenezer_shared::ids::{ContactId, CorporationId};
use ebenezer_shared::permission::{Named, Permission};
use ebenezer_shared::texts;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// As long as it takes to read a number out over the phone.
const SHOWN_FOR: Duration = Duration::from_secs(30);

/// Which masked value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secret {
    Contact(ContactId, ContactSecret),
    Corporation(CorporationId, CorporationSecret),
}

impl Secret {
    /// The whole value. The server writes down who asked, and what for.
    async fn reveal(self, client: Client, why: String) -> Result<Revealed, ApiError> {
        match self {
            Self::Contact(id, field) => api::contacts::reveal(client, id, field, why).await,
            Self::Corporation(id, field) => api::corporations::reveal(client, id, field, why).await,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Contact(_, field) => field.as_str(),
            Self::Corporation(_, field) => field.as_str(),
        }
    }
}

/// The mask, and for those who may a button that shows the value for half a minute.
#[component]
pub fn SecretValue(secret: Secret, mask: String) -> impl IntoView {
    let session = use_session();
    let (client, toasts) = (use_client(), use_toasts());
    let shown = RwSignal::new(None::<String>);
    let pending = RwSignal::new(false);
    let timer = StoredValue::<Option<TimeoutHandle>>::new(None);
    let hide = move || {
        if let Some(Some(timer)) = timer.try_update_value(Option::take) {
            timer.clear();
        }
        shown.try_set(None);
    };
    let asking = RwSignal::new(false);
    let show = move |why: String| {
        pending.set(true);
        spawn_local(async move {
            let answer = secret.reveal(client, why).await;
            pending.try_set(false);
            match answer {
                Ok(revealed) => {
                    shown.try_set(Some(revealed.value.unwrap_or_default()));
                    let handle = set_timeout_with_handle(hide, SHOWN_FOR).ok();
                    timer.try_update_value(|timer| *timer = handle);
                }
                Err(error) => toasts.error(error.title(locale_now())),
            }
        });
    };
    on_cleanup(hide);
    let is_shown = move || shown.with(Option::is_some);
    let may = move || session.can(Permission::Named(Named::PiiReveal));
    let name = secret.name();
    view! {
        <span class="secret">
            <span class="secret-value" data-testid=format!("secret-{name}") aria-live="polite">
                {move || shown.get().map_or_else(|| mask.clone(), |value| readable(&value))}
            </span>
            <Show when=may>
                <Button
                    kind=ButtonKind::Ghost
                    size=ButtonSize::Small
                    icon=Icon::Eye
                    loading=pending
                    on_click=move || if is_shown() { hide() } else { asking.set(true) }
                    attr:data-testid=format!("reveal-{name}")
                >
                    {move || {
                        let text = if is_shown() { texts::common::HIDE } else { texts::common::REVEAL };
                        text.get(locale())
                    }}
                </Button>
            </Show>
        </span>
        <Show when=may>
            <ReasonDialog open=asking on_reason=show/>
        </Show>
        <Show when=is_shown>
            <span class="secret-note">{t(texts::pii::HIDES_AGAIN)}</span>
        </Show>
    }
}

/// A day in the reader's way of writing it; anything else as it is.
fn readable(value: &str) -> String {
    value.parse::<NaiveDate>().map_or_else(|_| value.to_owned(), |day| format::date(locale(), day))
}
