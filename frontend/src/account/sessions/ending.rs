//! Ending sessions. The list shows it at once, and how it was again should the server refuse.

use super::row::device;
use crate::api::{self, ApiError, Client, use_client};
use crate::state::{Query, Toasts, locale, locale_now, t, use_toasts};
use ebenezer_shared::pagination::Page;
use ebenezer_shared::session::SessionInfo;
use ebenezer_shared::texts::sessions as s;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The list and what ends sessions of it.
#[derive(Clone, Copy)]
pub struct Ending {
    pub list: Query<Page<SessionInfo>>,
    /// Whether the others shall be ended is being asked.
    pub asked: RwSignal<bool>,
    /// The others are being ended.
    pub pending: RwSignal<bool>,
    client: Client,
    toasts: Toasts,
}

impl Ending {
    /// Ends sessions of that list.
    pub fn new(list: Query<Page<SessionInfo>>) -> Self {
        Self {
            list,
            asked: RwSignal::new(false),
            pending: RwSignal::new(false),
            client: use_client(),
            toasts: use_toasts(),
        }
    }

    /// Whether there are sessions besides this one; tracked.
    pub fn has_others(self) -> bool {
        self.list.data().is_some_and(|page| page.items.iter().any(|session| !session.is_current))
    }

    /// Leaves those in the list for which `stays` holds, and says where the first other stood.
    fn keep(self, stays: impl Fn(&SessionInfo) -> bool) -> u32 {
        let items = self.list.data_now().map(|page| page.items).unwrap_or_default();
        let before = items.iter().take_while(|session| stays(session));
        let place = before.filter(|session| !session.is_current).count();
        self.list.set(Page::whole(items.into_iter().filter(stays).collect()));
        u32::try_from(place).unwrap_or_default()
    }

    /// Ends one session.
    pub fn end(self, session: SessionInfo) {
        let place = self.keep(|other| other.id != session.id);
        focus_button(place);
        spawn_local(async move {
            match api::sessions::end(self.client, session.id).await {
                // Ended is ended, by whomever.
                Err(error) if error.status() != Some(404) => self.failed(&error),
                _ => self.toasts.success(move || s::ended(locale(), device(&session))),
            }
        });
    }

    /// Ends all but this one.
    pub fn end_others(self) {
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        spawn_local(async move {
            let answer = api::sessions::end_others(self.client).await;
            self.pending.try_set(false);
            self.asked.try_set(false);
            if let Err(error) = answer {
                self.failed(&error);
                return;
            }
            self.keep(|session| session.is_current);
            focus_button(0);
            self.toasts.success(t(s::OTHERS_ENDED));
        });
    }

    fn failed(self, error: &ApiError) {
        self.toasts.error(error.title(locale_now()));
        self.list.reload();
    }
}

/// The button that had the focus is gone: to the one that took its place, else to the last
/// one, else to the title.
fn focus_button(place: u32) {
    request_animation_frame(move || {
        let buttons = document().query_selector_all("[data-testid=end-session]").ok();
        let button = buttons.and_then(|all| all.item(place.min(all.length().saturating_sub(1))));
        let title = || document().query_selector(".page-title").ok().flatten();
        let target = button.and_then(|button| button.dyn_into().ok()).or_else(title);
        if let Some(target) = target.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            let _ = target.focus();
        }
    });
}
