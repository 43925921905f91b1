//! Where the person came from, so that leaving a form and going back to a list lead where
//! they expect: the list as it was filtered, not a fresh one.

use crate::routes::Route;
use crate::state::{Session, use_session};
use ebenezer_shared::ids::{TenantId, UserId};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use std::cell::RefCell;

#[derive(Default)]
struct Trail {
    /// Whose it is: another person or firm starts anew.
    identity: Option<(UserId, Option<TenantId>)>,
    before: Option<Route>,
    here: Option<Route>,
    contacts: String,
    corporations: String,
    cases: String,
    documents: String,
    tasks: String,
    calendar: String,
}

thread_local! {
    static TRAIL: RefCell<Trail> = RefCell::default();
}

fn with_trail<T>(session: Session, look: impl FnOnce(&mut Trail) -> T) -> T {
    let identity = untrack(|| session.identity());
    TRAIL.with_borrow_mut(|trail| {
        if trail.identity != identity {
            *trail = Trail { identity, ..Trail::default() };
        }
        look(trail)
    })
}

/// The person arrived at a page. Call in each page.
pub fn arrive(route: Route) {
    with_trail(use_session(), |trail| {
        if trail.here != Some(route) {
            trail.before = trail.here.replace(route);
        }
    });
}

/// Remembers the list with its filters: `query` with its question mark.
pub fn remember_list(list: Route, query: &str) {
    with_trail(use_session(), |trail| {
        let place = match list {
            Route::Corporations => &mut trail.corporations,
            Route::Cases => &mut trail.cases,
            Route::Documents => &mut trail.documents,
            Route::Tasks => &mut trail.tasks,
            Route::Calendar => &mut trail.calendar,
            _ => &mut trail.contacts,
        };
        query.clone_into(place);
    });
}

/// The list as it was last seen.
pub fn list_path(list: Route) -> String {
    list_path_of(use_session(), list)
}

fn list_path_of(session: Session, list: Route) -> String {
    let query = with_trail(session, |trail| match list {
        Route::Contacts => trail.contacts.clone(),
        Route::Corporations => trail.corporations.clone(),
        Route::Cases => trail.cases.clone(),
        Route::Documents => trail.documents.clone(),
        Route::Tasks => trail.tasks.clone(),
        Route::Calendar => trail.calendar.clone(),
        _ => String::new(),
    });
    format!("{}{query}", list.path())
}

/// Leaves a form for `route`: by the browser's own step back when the person came from
/// there, else in place of the form. Either way the back button does not return to it.
pub fn use_leave() -> Callback<Route> {
    let navigate = use_navigate();
    // The callback runs after requests, where no context is left to ask.
    let session = use_session();
    let before = with_trail(session, |trail| trail.before);
    Callback::new(move |route: Route| {
        if before == Some(route)
            && let Ok(history) = window().history()
            && history.back().is_ok()
        {
            return;
        }
        let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
        navigate(&list_path_of(session, route), options);
    })
}
