//! Something on the server that a page shows.

use super::online::Online;
use super::session::Session;
use crate::api::ApiError;
use futures::future::{AbortHandle, AbortRegistration, Abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::pin::Pin;

/// What is known of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Remote<T> {
    /// Nothing yet.
    Loading,
    Ready(T),
    Failed(ApiError),
}

impl<T> Remote<T> {
    /// The value, when it is known.
    pub const fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Loading | Self::Failed(_) => None,
        }
    }
}

/// A value that is fetched when its key changes and on demand.
pub struct Query<T: Send + Sync + 'static> {
    state: RwSignal<Remote<T>>,
    pending: RwSignal<bool>,
    turn: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Query<T> {}

impl<T: Clone + Send + Sync + 'static> Query<T> {
    /// What is known; tracked.
    pub fn get(self) -> Remote<T> {
        self.state.get()
    }

    /// The value, when it is known; tracked.
    pub fn data(self) -> Option<T> {
        self.state.with(|state| state.ready().cloned())
    }

    /// The value at this moment.
    pub fn data_now(self) -> Option<T> {
        self.state.with_untracked(|state| state.ready().cloned())
    }

    /// Why it is not known; tracked.
    pub fn error(self) -> Option<ApiError> {
        self.state.with(|state| match state {
            Remote::Failed(error) => Some(error.clone()),
            Remote::Loading | Remote::Ready(_) => None,
        })
    }

    /// Whether a request is under way, the first one included; tracked.
    pub fn is_pending(self) -> bool {
        self.pending.get()
    }

    /// Fetches again and shows the old value meanwhile.
    pub fn reload(self) {
        self.turn.update(|turn| *turn = turn.wrapping_add(1));
    }

    /// Puts another value in its place: what a save answered, or what it will.
    pub fn set(self, value: T) {
        self.state.set(Remote::Ready(value));
    }

    /// Changes the value when it is known.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.state.update(|state| {
            if let Remote::Ready(value) = state {
                change(value);
            }
        });
    }
}

/// Fetches whenever `key` changes, and forgets the old value at once: for a record's page.
pub fn use_query<K, T, F, Fut>(key: impl Fn() -> K + 'static, fetch: F) -> Query<T>
where
    K: Clone + PartialEq + 'static,
    T: Clone + Send + Sync + 'static,
    F: Fn(K) -> Fut + 'static,
    Fut: Future<Output = Result<T, ApiError>> + 'static,
{
    start(key, fetch, true)
}

/// Fetches whenever `key` changes, and shows the old value meanwhile: for lists.
pub fn use_list_query<K, T, F, Fut>(key: impl Fn() -> K + 'static, fetch: F) -> Query<T>
where
    K: Clone + PartialEq + 'static,
    T: Clone + Send + Sync + 'static,
    F: Fn(K) -> Fut + 'static,
    Fut: Future<Output = Result<T, ApiError>> + 'static,
{
    start(key, fetch, false)
}

fn start<K, T, F, Fut>(key: impl Fn() -> K + 'static, fetch: F, forget: bool) -> Query<T>
where
    K: Clone + PartialEq + 'static,
    T: Clone + Send + Sync + 'static,
    F: Fn(K) -> Fut + 'static,
    Fut: Future<Output = Result<T, ApiError>> + 'static,
{
    let query = Query {
        state: RwSignal::new(Remote::Loading),
        pending: RwSignal::new(true),
        turn: RwSignal::new(0),
    };
    let running = StoredValue::<Option<AbortHandle>>::new(None);
    let abort = move || {
        // The value is gone when the page is.
        if let Some(Some(handle)) = running.try_update_value(Option::take) {
            handle.abort();
        }
    };
    Effect::new(move |last: Option<(K, u32)>| {
        let now = (key(), query.turn.get());
        if last.as_ref() == Some(&now) {
            return now;
        }
        abort();
        if forget && last.is_some_and(|(key, _)| key != now.0) {
            query.state.set(Remote::Loading);
        }
        query.pending.set(true);
        let (handle, registration) = AbortHandle::new_pair();
        running.set_value(Some(handle));
        wait(query, Box::pin(fetch(now.0.clone())), registration);
        now
    });
    on_cleanup(abort);
    let failure = move || match query.state.try_get_untracked() {
        Some(Remote::Failed(error)) => Some(error),
        _ => None,
    };
    recover(Box::new(failure), query.turn);
    query
}

/// What failed for want of a connection is fetched again when there is one, and what an
/// ended session refused when the person has logged in again.
fn recover(failure: Box<dyn Fn() -> Option<ApiError>>, turn: RwSignal<u32>) {
    let (online, session) = (use_context::<Online>(), use_context::<Session>());
    Effect::new(move |before: Option<(u32, bool)>| {
        let chances = online.map(Online::chances).unwrap_or_default();
        let locked = session.is_some_and(Session::is_locked);
        if let Some((chances_before, was_locked)) = before {
            let again = failure().is_some_and(|error| {
                (error == ApiError::Offline && chances != chances_before)
                    || (error.ended_the_session() && was_locked && !locked)
            });
            if again {
                turn.update(|turn| *turn = turn.wrapping_add(1));
            }
        }
        (chances, locked)
    });
}

/// Boxed, so that this is compiled once for each `T` and not for each caller.
fn wait<T: Clone + Send + Sync + 'static>(
    query: Query<T>,
    request: Pin<Box<dyn Future<Output = Result<T, ApiError>>>>,
    registration: AbortRegistration,
) {
    spawn_local(async move {
        if let Ok(answer) = Abortable::new(request, registration).await {
            query.state.try_set(answer.map_or_else(Remote::Failed, Remote::Ready));
            query.pending.try_set(false);
        }
    });
}
