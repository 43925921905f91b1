//! What other people change, told to the page that shows it.
//!
//! A browser opens few connections to one server, for all its tabs together; so only a page
//! that is in sight watches. One that comes back into sight is read anew.

use super::session::{Session, use_session};
use crate::api::ApiError;
use crate::api::live::{Changes, Told, watch};
use ebenezer_shared::live::Change;
use ebenezer_shared::record::RecordType;
use futures::future::{AbortHandle, Abortable};
use gloo_timers::future::sleep;
use leptos::task::spawn_local;
use leptos::{ev, prelude::*};
use std::time::Duration;
use uuid::Uuid;

/// After a stream that ended in order, and after one that could not be opened.
const AGAIN: Duration = Duration::from_secs(2);
const AGAIN_AFTER_ERROR: Duration = Duration::from_secs(20);

/// The changes, shared by context.
#[derive(Clone, Copy)]
pub struct Live {
    last: RwSignal<Option<Change>>,
    missed: RwSignal<u32>,
    /// Whether there was a stream before.
    watched: StoredValue<bool>,
}

/// Watches as long as somebody is in a firm. Call once, in the root.
pub fn provide_live(session: Session) {
    let live = Live {
        last: RwSignal::new(None),
        missed: RwSignal::new(0),
        watched: StoredValue::new(false),
    };
    let running = StoredValue::<Option<AbortHandle>>::new(None);
    let identity = Memo::new(move |_| session.identity().filter(|(_, firm)| firm.is_some()));
    let locked = Memo::new(move |_| session.is_locked());
    let in_sight = in_sight();
    Effect::new(move || {
        let wanted = identity.get().is_some() && !locked.get() && in_sight.get();
        if let Some(Some(handle)) = running.try_update_value(Option::take) {
            handle.abort();
        }
        if wanted {
            let (handle, registration) = AbortHandle::new_pair();
            running.set_value(Some(handle));
            spawn_local(async move {
                let _ = Abortable::new(live.follow(session), registration).await;
            });
        }
    });
    provide_context(live);
}

/// Whether the page is in sight.
pub fn in_sight() -> RwSignal<bool> {
    let now = || !document().hidden();
    let in_sight = RwSignal::new(now());
    let listener =
        window_event_listener(ev::Custom::<web_sys::Event>::new("visibilitychange"), move |_| {
            in_sight.set(now());
        });
    on_cleanup(move || listener.remove());
    in_sight
}

impl Live {
    /// Opens the stream again and again.
    async fn follow(self, session: Session) {
        loop {
            let pause = match open(session).await {
                Ok(Some(changes)) => {
                    // Between two streams something may have happened.
                    if self.watched.try_update_value(|watched| std::mem::replace(watched, true))
                        == Some(true)
                    {
                        self.missed.update(|count| *count = count.wrapping_add(1));
                    }
                    self.listen(changes).await;
                    AGAIN
                }
                Ok(None) => return,
                Err(_) => AGAIN_AFTER_ERROR,
            };
            sleep(pause).await;
        }
    }

    async fn listen(self, mut changes: Changes) {
        while let Some(told) = changes.next().await {
            match told {
                Told::Change(change) => self.last.set(Some(change)),
                Told::Resync => self.missed.update(|count| *count = count.wrapping_add(1)),
            }
        }
    }
}

/// A stream with a good token; none when the session is over. Renewing the token is no
/// activity.
async fn open(session: Session) -> Result<Option<Changes>, ApiError> {
    let Some(token) = session.token() else { return Ok(None) };
    let tenant = session.tenant_now();
    match watch(token.clone(), tenant).await {
        Err(error) if error.status() == Some(401) => {
            if !session.renew(Some(&token)).await? {
                session.expire();
                return Ok(None);
            }
            let Some(token) = session.token() else { return Ok(None) };
            watch(token, tenant).await.map(Some)
        }
        other => other.map(Some),
    }
}

/// What happened to what a page shows, since it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Somebody changed something; their name.
    Changed(String),
    /// The record that is shown is gone; who deleted it.
    Deleted(String),
}

/// What others do to records of this kind, or to one alone. Set it to none when the page has
/// been read anew. `on_missed` is called when changes may have been missed.
pub fn use_news(
    subject: RecordType,
    record: Option<Uuid>,
    on_missed: Callback<()>,
) -> RwSignal<Option<News>> {
    let news = RwSignal::new(None);
    let Some(live) = use_context::<Live>() else { return news };
    let session = use_session();
    Effect::new(move |before: Option<()>| {
        let change = live.last.get().filter(|change| change.subject == subject);
        let own = session.account_now().map(|account| account.user.id);
        let concerns = |change: &Change| {
            change.by != own && record.is_none_or(|record| record == change.record)
        };
        // What was told before the page was opened is in it.
        if let Some(change) = change.filter(concerns)
            && before.is_some()
        {
            let deleted = record.is_some() && change.verb == "delete";
            let name = change.by_name;
            news.set(Some(if deleted { News::Deleted(name) } else { News::Changed(name) }));
        }
    });
    Effect::new(move |before: Option<u32>| {
        let now = live.missed.get();
        if before.is_some_and(|before| before != now) {
            on_missed.run(());
        }
        now
    });
    news
}
