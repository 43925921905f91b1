//! The state of a list lives in the URL, so that back, reload and a shared link work.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::params::ParamsMap;

/// Whether a change is a step that the back button undoes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A step of its own: another page, filter or order.
    New,
    /// Part of the step before: each letter of a search.
    Same,
}

/// Reads and writes the query of the current URL.
#[derive(Clone, Copy)]
pub struct UrlState {
    query: Memo<ParamsMap>,
    go: Callback<(ParamsMap, Step)>,
}

impl UrlState {
    /// A value, when it is there and not empty; tracked.
    pub fn get(self, key: &str) -> Option<String> {
        self.query.with(|query| query.get(key)).filter(|value| !value.is_empty())
    }

    /// A value read as something else; none when it is absent or makes no sense.
    pub fn parse<T: std::str::FromStr>(self, key: &str) -> Option<T> {
        self.get(key)?.parse().ok()
    }

    /// A text, empty when it is absent; tracked.
    pub fn text(self, key: &str) -> String {
        self.get(key).unwrap_or_default()
    }

    /// Changes values; an empty one is taken out of the URL.
    pub fn set(self, changes: &[(&str, String)], step: Step) {
        let mut query = self.query.get_untracked();
        for (key, value) in changes {
            if value.is_empty() {
                query.remove(key);
            } else {
                query.replace((*key).to_owned(), value.clone());
            }
        }
        self.go.run((query, step));
    }

    /// Changes values and goes back to the first page, as a new filter or order needs.
    pub fn set_filter(self, changes: &[(&str, String)], step: Step) {
        let mut all = changes.to_vec();
        all.push(("page", String::new()));
        self.set(&all, step);
    }
}

/// The query of the current URL. Call in a page.
pub fn use_url_state() -> UrlState {
    let navigate = use_navigate();
    let path = use_location().pathname;
    let go = Callback::new(move |(query, step): (ParamsMap, Step)| {
        let url = format!("{}{}", path.get_untracked(), query.to_query_string());
        let options = NavigateOptions {
            replace: step == Step::Same,
            scroll: false,
            resolve: false,
            ..NavigateOptions::default()
        };
        navigate(&url, options);
    });
    UrlState { query: use_query_map(), go }
}
