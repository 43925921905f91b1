//! The filter by tags: every further one narrows the list.

use super::super::filters::Filter;
use super::use_tags;
use crate::state::url_state::Step;
use crate::state::{UrlState, t};
use crate::ui::{Choice, FilterMany, Model};
use ebenezer_shared::ids::TagId;
use ebenezer_shared::texts::tags as g;
use leptos::prelude::*;

/// The filter's name in the URL, that of the API.
const KEY: &str = "tag";

/// By ids with commas.
pub static TAG: Filter =
    Filter { key: KEY, known: |value| value.split(',').all(|id| id.parse::<TagId>().is_ok()) };

/// What the URL asks for, as the API takes it; tracked.
pub fn tags_of(url: UrlState) -> String {
    TAG.value(url)
}

/// The filter. A tag that is gone is said to be.
#[component]
pub fn ByTags(url: UrlState) -> impl IntoView {
    let tags = use_tags();
    let chosen = Signal::derive(move || {
        let value = TAG.value(url);
        let ids = value.split(',').filter(|id| !id.is_empty());
        ids.map(ToOwned::to_owned).collect::<Vec<_>>()
    });
    let options = Signal::derive(move || {
        let all = tags.data().unwrap_or_default();
        let mut options: Vec<Choice> = all.iter().map(super::field::choice).collect();
        let gone = chosen
            .get()
            .into_iter()
            .filter(|id| tags.data().is_some() && !all.iter().any(|tag| tag.id.to_string() == *id));
        options.extend(gone.map(|id| Choice::new(id, t(g::GONE)())));
        options
    });
    let value = Model::new(chosen, move |ids: Vec<String>| {
        url.set_filter(&[(KEY, ids.join(","))], Step::New);
    });
    let any = move || tags.data().is_some_and(|tags| !tags.is_empty()) || !chosen.get().is_empty();
    view! {
        <Show when=any>
            <div class="filter" data-testid="filter-tag">
                <FilterMany label=t(g::TAG) all=t(g::ANY) options value/>
            </div>
        </Show>
    }
}
