//! Something on the server that a page shows.

use super::online::Online;
use super::session::Session;
use crate::api::ApiError;
use futures::future::{AbortHandle, Abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::any::Any;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

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
pub struct Query<T> {
    known: Known,
    value: PhantomData<fn() -> T>,
}

impl<T> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Query<T> {}

/// Whatever was fetched. What is made of it is compiled once, not once for each type: it is a
/// large part of what the browser downloads.
type Fetched = Arc<dyn Any + Send + Sync>;

/// A query, whatever its value is.
#[derive(Clone, Copy)]
struct Known {
    state: RwSignal<Remote<Fetched>>,
    pending: RwSignal<bool>,
    turn: RwSignal<u32>,
}

impl Known {
    fn get(self) -> Remote<Fetched> {
        self.state.get()
    }

    /// Nothing, once the page is gone: an answer may come later than that.
    fn now(self) -> Remote<Fetched> {
        self.state.try_get_untracked().unwrap_or(Remote::Loading)
    }

    fn set(self, value: Fetched) {
        self.state.try_set(Remote::Ready(value));
    }

    fn error(self) -> Option<ApiError> {
        self.state.with(|state| match state {
            Remote::Failed(error) => Some(error.clone()),
            Remote::Loading | Remote::Ready(_) => None,
        })
    }
}

/// The value that a query of that type holds.
fn typed<T: Clone + 'static>(known: &Remote<Fetched>) -> Option<T> {
    known.ready().and_then(|value| value.downcast_ref::<T>().cloned())
}

impl<T: Clone + Send + Sync + 'static> Query<T> {
    /// What is known; tracked.
    pub fn get(self) -> Remote<T> {
        match self.known.get() {
            Remote::Failed(error) => Remote::Failed(error),
            known => typed(&known).map_or(Remote::Loading, Remote::Ready),
        }
    }

    /// The value, when it is known; tracked.
    pub fn data(self) -> Option<T> {
        typed(&self.known.get())
    }

    /// The value at this moment.
    pub fn data_now(self) -> Option<T> {
        typed(&self.known.now())
    }

    /// Why it is not known; tracked.
    pub fn error(self) -> Option<ApiError> {
        self.known.error()
    }

    /// Whether a request is under way, the first one included; tracked.
    pub fn is_pending(self) -> bool {
        self.known.pending.get()
    }

    /// Fetches again and shows the old value meanwhile.
    pub fn reload(self) {
        self.known.turn.try_update(|turn| *turn = turn.wrapping_add(1));
    }

    /// Puts another value in its place: what a save answered, or what it will.
    pub fn set(self, value: T) {
        self.known.set(Arc::new(value));
    }

    /// Changes the value when it is known.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        if let Some(mut value) = self.data_now() {
            change(&mut value);
            self.set(value);
        }
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

/// What is to be fetched next, and whether it is something else than before.
struct Next {
    is_other: bool,
    request: Pin<Box<dyn Future<Output = Result<Fetched, ApiError>>>>,
}

fn start<K, T, F, Fut>(key: impl Fn() -> K + 'static, fetch: F, forget: bool) -> Query<T>
where
    K: Clone + PartialEq + 'static,
    T: Clone + Send + Sync + 'static,
    F: Fn(K) -> Fut + 'static,
    Fut: Future<Output = Result<T, ApiError>> + 'static,
{
    let mut last = None;
    let next = move |again: bool| {
        let now = key();
        let is_other = last.as_ref() != Some(&now);
        if !is_other && !again {
            return None;
        }
        last = Some(now.clone());
        let request = fetch(now);
        let request = async move { request.await.map(|value| Arc::new(value) as Fetched) };
        Some(Next { is_other, request: Box::pin(request) })
    };
    Query { known: follow(Box::new(next), forget), value: PhantomData }
}

fn follow(mut next: Box<dyn FnMut(bool) -> Option<Next>>, forget: bool) -> Known {
    let known = Known {
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
    Effect::new(move |last: Option<u32>| {
        let turn = known.turn.get();
        let Some(Next { is_other, request }) = next(last != Some(turn)) else { return turn };
        abort();
        if forget && is_other && last.is_some() {
            known.state.set(Remote::Loading);
        }
        known.pending.set(true);
        let (handle, registration) = AbortHandle::new_pair();
        running.set_value(Some(handle));
        spawn_local(async move {
            if let Ok(answer) = Abortable::new(request, registration).await {
                known.state.try_set(answer.map_or_else(Remote::Failed, Remote::Ready));
                known.pending.try_set(false);
            }
        });
        turn
    });
    on_cleanup(abort);
    recover(known);
    known
}

/// What failed for want of a connection is fetched again when there is one, and what an
/// ended session refused when the person has logged in again.
fn recover(known: Known) {
    let (online, session) = (use_context::<Online>(), use_context::<Session>());
    Effect::new(move |before: Option<(u32, bool)>| {
        let chances = online.map(Online::chances).unwrap_or_default();
        let locked = session.is_some_and(Session::is_locked);
        if let (Some((chances_before, was_locked)), Some(Remote::Failed(error))) =
            (before, known.state.try_get_untracked())
        {
            let again = (error == ApiError::Offline && chances != chances_before)
                || (error.ended_the_session() && was_locked && !locked);
            if again {
                known.turn.update(|turn| *turn = turn.wrapping_add(1));
            }
        }
        (chances, locked)
    });
}
