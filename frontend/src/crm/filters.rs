//! What a list is filtered and sorted by, as its URL says it.

use super::bulk::may_take_back;
use super::export::{ExportMenu, Exported};
use super::views::{ColumnsButton, ListViews};
use crate::routes::Route;
use crate::state::url_state::Step;
use crate::state::{UrlState, locale, t, use_session};
use crate::ui::{
    Button, ButtonKind, ButtonSize, Choice, Field, FilterSelect, Icon, IconButton, Model, Select,
};
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use ebenezer_shared::texts::listing as l;
use leptos::children::Children;
use leptos::prelude::*;
use std::str::FromStr;

/// Names in the URL, those of the API.
pub const SEARCH: &str = "search";
pub const STATUS: &str = "status";
pub const ORDERING: &str = "ordering";

/// The order that is most lists' own.
pub const BY_NAME: &str = "name";

/// The order that is the list's own, and stands in no URL: the first, from its better end.
fn usual(orders: &[Order]) -> String {
    let first = orders.first();
    first.map_or_else(String::new, |order| {
        if order.kind == OrderKind::Past {
            format!("-{}", order.field)
        } else {
            order.field.to_owned()
        }
    })
}

/// Something to filter by.
pub struct Filter {
    /// Its name in the URL.
    pub key: &'static str,
    /// Whether a value makes sense; others are passed over.
    pub known: fn(&str) -> bool,
}

/// The search word: any will do.
pub static BY_WORD: Filter = Filter { key: SEARCH, known: |_| true };

impl Filter {
    /// A filter by something that is read as `T`.
    pub const fn of<T: FromStr>(key: &'static str) -> Self {
        Self { key, known: |value| value.parse::<T>().is_ok() }
    }

    /// What the URL filters by, empty for nothing; tracked.
    pub fn value(&self, url: UrlState) -> String {
        url.get(self.key).filter(|value| (self.known)(value)).unwrap_or_default()
    }
}

/// Whether the URL filters or searches at all; tracked.
pub fn is_filtered(url: UrlState, filters: &[&Filter]) -> bool {
    filters.iter().any(|filter| !filter.value(url).is_empty())
}

/// How many filters filter, the search word aside; tracked.
pub fn active(url: UrlState, filters: &'static [&'static Filter]) -> Signal<usize> {
    Signal::derive(move || {
        let filters = filters.iter().filter(|filter| filter.key != SEARCH);
        filters.filter(|filter| !filter.value(url).is_empty()).count()
    })
}

/// Takes search and filters out of the URL.
pub fn clear(url: UrlState, filters: &[&'static Filter]) {
    let none: Vec<_> = filters.iter().map(|filter| (filter.key, String::new())).collect();
    url.set_filter(&none, Step::New);
}

/// The search word. Its first letter is a step that the back button undoes; the next ones
/// are part of it.
pub fn search_word(url: UrlState) -> Model<String> {
    Model::new(Signal::derive(move || url.text(SEARCH)), move |word: String| {
        let step = if untrack(|| url.text(SEARCH)).is_empty() { Step::New } else { Step::Same };
        url.set_filter(&[(SEARCH, word)], step);
    })
}

/// A filter with fixed values whose value stands in the URL.
#[component]
pub fn UrlFilter(
    url: UrlState,
    filter: &'static Filter,
    label: Text,
    all: Text,
    options: Signal<Vec<Choice>>,
) -> impl IntoView {
    let key = filter.key;
    let value = Model::new(Signal::derive(move || filter.value(url)), move |value: String| {
        url.set_filter(&[(key, value)], Step::New);
    });
    view! {
        <div class="filter" data-testid=format!("filter-{key}")>
            <FilterSelect label=t(label) all=t(all) options value/>
        </div>
    }
}

/// What is asked for first, and how both ways are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderKind {
    /// From A to Z.
    Text,
    /// The latest.
    Past,
    /// What comes soonest.
    Due,
}

/// Something to sort by.
pub struct Order {
    /// Its name in the API.
    pub field: &'static str,
    pub label: Text,
    pub kind: OrderKind,
}

impl Order {
    /// By a text, from A to Z or back.
    pub const fn text(field: &'static str, label: Text) -> Self {
        Self { field, label, kind: OrderKind::Text }
    }

    /// By when something happened.
    pub const fn time(field: &'static str, label: Text) -> Self {
        Self { field, label, kind: OrderKind::Past }
    }

    /// By when something is to be done.
    pub const fn due(field: &'static str, label: Text) -> Self {
        Self { field, label, kind: OrderKind::Due }
    }

    /// Both ways, the one that is mostly wanted first.
    fn choices(&self) -> [Choice; 2] {
        let (locale, field) = (locale(), self.field);
        let name = self.label.get(locale);
        let (up, down) = (field.to_owned(), format!("-{field}"));
        match self.kind {
            OrderKind::Text => {
                let choice = Choice::new(up, l::a_to_z(locale, name));
                [choice, Choice::new(down, l::z_to_a(locale, name))]
            }
            OrderKind::Past => {
                let choice = Choice::new(down, l::newest_first(locale, name));
                [choice, Choice::new(up, l::oldest_first(locale, name))]
            }
            OrderKind::Due => {
                let choice = Choice::new(up, l::soonest_first(locale, name));
                [choice, Choice::new(down, l::latest_first(locale, name))]
            }
        }
    }
}

/// The order that the URL asks for when it is one of `orders`, else none; tracked.
pub fn ordering(url: UrlState, orders: &[Order]) -> String {
    let ordering = url.text(ORDERING);
    let field = ordering.strip_prefix('-').unwrap_or(&ordering);
    if orders.iter().any(|order| order.field == field) { ordering } else { String::new() }
}

/// The order in which the list is shown, to read and to choose.
pub fn order_model(url: UrlState, orders: &'static [Order]) -> Model<String> {
    let shown = move || {
        let ordering = ordering(url, orders);
        if ordering.is_empty() { usual(orders) } else { ordering }
    };
    Model::new(Signal::derive(shown), move |ordering: String| {
        let ordering = if ordering == usual(orders) { String::new() } else { ordering };
        url.set_filter(&[(ORDERING, ordering)], Step::New);
    })
}

/// Between the filters and the rows: how many there are, the way back to all of them, and
/// their order.
#[component]
pub fn ListHead(
    url: UrlState,
    filters: &'static [&'static Filter],
    orders: &'static [Order],
    #[prop(optional)] lists: Option<ListViews>,
    #[prop(optional)] exported: Option<Exported>,
    /// How many there are.
    children: Children,
) -> impl IntoView {
    let session = use_session();
    let options =
        Signal::derive(move || orders.iter().flat_map(Order::choices).collect::<Vec<_>>());
    view! {
        <div class="list-head">
            {children()}
            <Show when=move || is_filtered(url, filters)>
                <Button
                    kind=ButtonKind::Ghost
                    size=ButtonSize::Small
                    on_click=move || clear(url, filters)
                    attr:data-testid="clear-all-filters"
                >
                    {t(texts::common::CLEAR_FILTERS)}
                </Button>
            </Show>
            <div class="list-sort" data-testid="sort">
                <Field label=t(l::SORT_BY)>
                    <Select value=order_model(url, orders) options/>
                </Field>
            </div>
            {lists.map(|lists| view! { <ColumnsButton lists/> })}
            {exported.map(|exported| view! { <ExportMenu exported/> })}
            <Show when=move || may_take_back(session)>
                <IconButton
                    icon=Icon::Undo
                    label=t(texts::bulk::RECENT)
                    kind=ButtonKind::Secondary
                    href=Route::BulkActions.path()
                    attr:data-testid="recent-changes"
                />
            </Show>
        </div>
    }
}
