//! What lists have in common: their state in the URL, and what stands there instead of rows.

use super::bulk::Selection;
use super::filters::{Filter, Order, clear, is_filtered, order_model};
use super::trail;
use crate::api::{ApiError, QueryString};
use crate::routes::Route;
use crate::state::url_state::Step;
use crate::state::{Query, UrlState, t};
use crate::ui::pagination::PageInfo;
use crate::ui::{Button, Card, Column, DataTable, EmptyState, ErrorState, Pagination, arranged};
use ebenezer_shared::locale::Text;
use ebenezer_shared::pagination::{DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Page};
use ebenezer_shared::texts;
use leptos::children::ViewFn;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Names in the URL, those of the API.
pub const PAGE: &str = "page";
pub const PAGE_SIZE: &str = "page_size";

/// The page that the URL asks for; tracked.
pub fn page_number(url: UrlState) -> u64 {
    url.parse(PAGE).unwrap_or(1).max(1)
}

/// How many rows the URL asks for; tracked.
pub fn page_size(url: UrlState) -> u64 {
    url.parse(PAGE_SIZE).unwrap_or(DEFAULT_PAGE_SIZE).clamp(1, MAX_PAGE_SIZE)
}

/// The first `count` rows of a list, in as many requests as that takes. One that moves from one
/// page to the next meanwhile may stand there twice.
pub async fn first<T>(
    query: QueryString,
    count: u64,
    read: impl AsyncFn(String) -> Result<Page<T>, ApiError>,
) -> Result<Page<T>, ApiError> {
    let query = query.with(PAGE_SIZE, count.min(MAX_PAGE_SIZE));
    let mut page = read(query.clone().on("")).await?;
    let mut number = 1;
    while (page.items.len() as u64) < count.min(page.total) {
        number += 1;
        let next = read(query.clone().with(PAGE, number).on("")).await?;
        if next.items.is_empty() {
            break;
        }
        page.items.extend(next.items);
    }
    Ok(page)
}

/// How rows are told apart, named and opened.
pub struct Rows<T> {
    pub columns: Vec<Column<T>>,
    pub id: fn(&T) -> String,
    pub version: fn(&T) -> String,
    pub label: fn(&T) -> String,
    pub href: fn(&T) -> String,
}

impl<T: Clone> Clone for Rows<T> {
    fn clone(&self) -> Self {
        Self { columns: self.columns.clone(), ..*self }
    }
}

/// The rows with their pages, or why there are none.
#[component]
pub fn Listed<T>(
    page: Query<Page<T>>,
    url: UrlState,
    /// What the URL can filter by.
    filters: &'static [&'static Filter],
    /// What it can sort by.
    orders: &'static [Order],
    /// Names the table.
    label: Text,
    rows: Rows<T>,
    /// The names of the columns to show, in their order.
    shown: Memo<Vec<String>>,
    /// The selected rows, where something can be done with them.
    selection: Option<Selection>,
    /// What to do first, when there is nothing at all.
    #[prop(into)]
    first_use: ViewFn,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    stay_within(page, url);
    // Counted on what the server said, so that typing does not redraw the empty state.
    let none = Memo::new(move |_| {
        let nothing = page.data().is_some_and(|page| page.items.is_empty() && page.total == 0);
        nothing.then(|| is_filtered(url, filters))
    });
    let failed = Memo::new(move |_| page.error());
    let rows = StoredValue::new(rows);
    move || {
        if let Some(error) = failed.get() {
            return view! { <ErrorState error on_retry=move || page.reload()/> }.into_any();
        }
        match none.get() {
            None => {
                let mut rows = rows.get_value();
                rows.columns = arranged(rows.columns, &shown.get());
                view! { <Table page url orders label rows selection/> }.into_any()
            }
            Some(true) => view! { <NothingMatches url filters/> }.into_any(),
            Some(false) => {
                let first_use = first_use.run();
                view! { <div data-testid="empty">{first_use}</div> }.into_any()
            }
        }
    }
}

#[component]
fn Table<T>(
    page: Query<Page<T>>,
    url: UrlState,
    orders: &'static [Order],
    label: Text,
    rows: Rows<T>,
    selection: Option<Selection>,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let items = Signal::derive(move || page.data().map(|page| page.items));
    let info =
        Signal::derive(move || page.data().map(|page| PageInfo::from(&page)).unwrap_or_default());
    let ordering = order_model(url, orders);
    view! {
        <Card flush=true>
            <DataTable
                label=t(label)
                columns=rows.columns
                rows=items
                row_id=rows.id
                row_version=rows.version
                row_label=rows.label
                row_href=rows.href
                pending=Signal::derive(move || page.is_pending())
                ordering
                selection
            />
            <Pages info url/>
        </Card>
    }
}

/// The foot of a list whose page stands in the URL.
#[component]
pub fn Pages(info: Signal<PageInfo>, url: UrlState) -> impl IntoView {
    view! {
        <Pagination
            info
            on_page=Callback::new(move |to: u64| {
                let to = if to > 1 { to.to_string() } else { String::new() };
                url.set(&[(PAGE, to)], Step::New);
                // The next page is read from its top.
                window().scroll_to_with_x_and_y(0.0, 0.0);
            })
            on_page_size=Callback::new(move |size: u64| {
                url.set_filter(&[(PAGE_SIZE, size.to_string())], Step::New);
            })
        />
    }
}

/// Where nothing is what the URL filters by: the way back to all.
#[component]
pub fn NothingMatches(url: UrlState, filters: &'static [&'static Filter]) -> impl IntoView {
    view! {
        <div data-testid="no-matches">
            <EmptyState title=t(texts::listing::NO_MATCHES) detail=t(texts::listing::NO_MATCHES_DETAIL)>
                <Button on_click=move || clear(url, filters) attr:data-testid="clear-filters">
                    {t(texts::common::CLEAR_FILTERS)}
                </Button>
            </EmptyState>
        </div>
    }
}

/// The way back from a record leads to the list as it was.
pub fn remember_list(list: Route) {
    let location = use_location();
    Effect::new(move || {
        if location.pathname.get() == list.path() {
            trail::remember_list(list, &location.query.get().to_query_string());
        }
    });
}

/// A page behind the last one, of an old link or after deleting, leads to the last one.
fn stay_within<T: Clone + Send + Sync + 'static>(page: Query<Page<T>>, url: UrlState) {
    Effect::new(move || {
        let Some(page) = page.data() else { return };
        if page.items.is_empty() && page.total > 0 && page.page > 1 && page.total_is_exact {
            let last = page.total.div_ceil(page.page_size.max(1));
            let last = if last > 1 { last.to_string() } else { String::new() };
            url.set(&[(PAGE, last)], Step::Same);
        }
    });
}
