//! Which view a list shows, as its URL says it.

use super::super::filters::{Filter, ORDERING, Order, SEARCH, ordering};
use super::super::listing::{PAGE, PAGE_SIZE};
use crate::api::{self, use_client};
use crate::state::url_state::Step;
use crate::state::{Query, Toasts, UrlState, locale_now, use_query, use_toasts};
use ebenezer_shared::crm::view::{
    ListName, ListPreference, SavedView, UpdateListPreference, ViewState,
};
use ebenezer_shared::ids::ViewId;
use ebenezer_shared::locale::Text;
use ebenezer_shared::pagination::DEFAULT_PAGE_SIZE;
use ebenezer_shared::patch::Patch;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;

/// Names in the URL that no API knows.
const VIEW: &str = "view";
const COLUMNS: &str = "columns";
/// Stands in the URL for the whole list, where it would start with another view.
const ALL: &str = "all";

/// A column that can be chosen: its name on the wire, and what it is called.
pub type Choosable = (&'static str, Text);

/// What a list can be filtered, sorted and shown by.
#[derive(Clone, Copy)]
pub struct Shape {
    pub list: ListName,
    pub filters: &'static [&'static Filter],
    pub orders: &'static [Order],
    /// All columns that can be chosen, in the list's own order.
    pub columns: &'static [Choosable],
    /// Those that it shows unless somebody chose others.
    pub shown: &'static [&'static str],
}

/// The views of a list and the state of its URL.
#[derive(Clone, Copy)]
pub struct ListViews {
    pub shape: StoredValue<Shape>,
    pub views: Query<Vec<SavedView>>,
    pub preference: Query<ListPreference>,
    kept: StoredValue<Kept>,
}

/// What changes the URL and the server.
#[derive(Clone, Copy)]
struct Kept {
    url: UrlState,
    toasts: Toasts,
    client: api::Client,
}

/// The views of the list of this page. A bare URL starts with the person's default view.
pub fn use_list_views(url: UrlState, shape: Shape) -> ListViews {
    let (client, toasts) = (use_client(), use_toasts());
    let list = shape.list;
    let views =
        use_query(|| (), move |()| async move { Ok(api::views::list(client, list).await?.items) });
    let preference =
        use_query(|| (), move |()| async move { api::views::preference(client, list).await });
    let kept = StoredValue::new(Kept { url, toasts, client });
    let lists = ListViews { shape: StoredValue::new(shape), views, preference, kept };
    let query = use_query_map();
    Effect::new(move || {
        let default = preference.data().and_then(|it| it.default_view_id);
        let bare = query.with(|query| query.to_query_string().is_empty());
        let found = default.and_then(|id| lists.views.data()?.into_iter().find(|it| it.id == id));
        if let Some(view) = found.filter(|_| bare) {
            lists.show(Some(&view), Step::Same);
        }
    });
    lists
}

impl ListViews {
    fn url(self) -> UrlState {
        self.kept.with_value(|kept| kept.url)
    }

    fn shape(self) -> Shape {
        self.shape.get_value()
    }

    /// The view that the URL names, when it is there; tracked.
    pub fn current(self) -> Option<SavedView> {
        let id: ViewId = self.url().parse(VIEW)?;
        self.views.data()?.into_iter().find(|view| view.id == id)
    }

    /// Whether the URL asks for something else than its view; tracked.
    pub fn is_changed(self) -> bool {
        self.current().is_some_and(|view| self.state(&view.state) != normal(view.state))
    }

    /// Everything that a view of what is shown holds; tracked. Columns that the URL does not
    /// name are those of `base`.
    fn state(self, base: &ViewState) -> ViewState {
        let (shape, url) = (self.shape(), self.url());
        let filled = |text: String| (!text.is_empty()).then_some(text);
        let filters = shape.filters.iter().filter(|filter| filter.key != SEARCH);
        let filters = filters.map(|filter| (filter.key.to_owned(), filter.value(url)));
        normal(ViewState {
            search: url.get(SEARCH),
            filters: filters.filter(|(_, value)| !value.is_empty()).collect(),
            ordering: filled(ordering(url, shape.orders)),
            columns: self.url_columns().or_else(|| base.columns.clone()),
            page_size: url.parse(PAGE_SIZE),
        })
    }

    /// What the view shall hold when it is saved as it is shown; tracked.
    pub fn state_for(self, view: &SavedView) -> ViewState {
        self.state(&view.state)
    }

    /// What a new view holds: all that is shown, the columns included; tracked.
    pub fn whole_state(self) -> ViewState {
        let mut state = self.state(&ViewState::default());
        state.columns = Some(self.columns());
        state
    }

    fn url_columns(self) -> Option<Vec<String>> {
        let text = self.url().get(COLUMNS)?;
        Some(text.split(',').map(ToOwned::to_owned).collect())
    }

    /// The columns to be shown, in their order: those of the URL, of its view, of the person,
    /// of the list. Names that are not known are passed over. Tracked.
    pub fn columns(self) -> Vec<String> {
        let shape = self.shape();
        let own = || self.preference.data().and_then(|it| it.columns);
        let of_view = || self.current().and_then(|view| view.state.columns);
        let chosen = self.url_columns().or_else(of_view).or_else(own);
        let Some(chosen) = chosen else {
            return shape.shown.iter().map(|&name| name.to_owned()).collect();
        };
        let known = |name: &String| shape.columns.iter().any(|(known, _)| known == name);
        chosen.into_iter().filter(known).collect()
    }

    /// Chooses columns: as a change of the view where there is one, else as the person's own,
    /// which the server keeps. None for the list's own.
    pub fn choose(self, columns: Option<Vec<String>>) {
        let with_view = untrack(|| self.current()).is_some();
        if with_view {
            let text = columns.map(|columns| columns.join(",")).unwrap_or_default();
            self.url().set(&[(COLUMNS, text)], Step::Same);
            return;
        }
        self.url().set(&[(COLUMNS, String::new())], Step::Same);
        let kept = columns.clone();
        self.preference.update(|it| it.columns = kept);
        self.prefer(UpdateListPreference {
            resource: self.shape().list,
            columns: Patch::from(columns),
            default_view_id: Patch::Absent,
        });
    }

    /// Makes a view the one that the list starts with, or none.
    pub fn start_with(self, view: Option<ViewId>) {
        self.preference.update(|it| it.default_view_id = view);
        self.prefer(UpdateListPreference {
            resource: self.shape().list,
            columns: Patch::Absent,
            default_view_id: Patch::from(view),
        });
    }

    fn prefer(self, patch: UpdateListPreference) {
        let Kept { client, toasts, .. } = self.kept.get_value();
        spawn_local(async move {
            if let Err(error) = api::views::prefer(client, &patch).await {
                toasts.error(error.title(locale_now()));
                self.preference.reload();
            }
        });
    }

    /// Shows a view, or the whole list.
    pub fn show(self, view: Option<&SavedView>, step: Step) {
        let shape = self.shape();
        let state = view.map(|view| view.state.clone()).unwrap_or_default();
        let of_filter = |filter: &&'static Filter| {
            let value = state.filters.get(filter.key).cloned().unwrap_or_default();
            (filter.key, value)
        };
        let mut changes: Vec<(&str, String)> = shape.filters.iter().map(of_filter).collect();
        changes.retain(|(key, _)| *key != SEARCH);
        let id = view.map_or_else(|| ALL.to_owned(), |view| view.id.to_string());
        changes.extend([
            (SEARCH, state.search.unwrap_or_default()),
            (ORDERING, state.ordering.unwrap_or_default()),
            (PAGE_SIZE, state.page_size.map(|size| size.to_string()).unwrap_or_default()),
            (COLUMNS, String::new()),
            (PAGE, String::new()),
            (VIEW, id),
        ]);
        self.url().set(&changes, step);
    }

    /// The view has another name, or is shared with others now.
    pub fn replace(self, view: SavedView) {
        self.views.update(|views| {
            views.retain(|it| it.id != view.id);
            views.push(view);
            views.sort_by_key(|it| it.name.to_lowercase());
        });
    }

    /// The view was saved as the URL has it: it says nothing of its own any more.
    pub fn settled(self, view: &SavedView) {
        self.replace(view.clone());
        self.show(Some(view), Step::Same);
    }

    /// The view is gone, or is nobody else's any more.
    pub fn forget(self, id: ViewId) {
        self.views.update(|views| views.retain(|it| it.id != id));
        if untrack(|| self.url().parse::<ViewId>(VIEW)) == Some(id) {
            self.url().set(&[(VIEW, ALL.to_owned())], Step::Same);
        }
        self.preference.reload();
    }
}

/// The same state in one form only.
fn normal(mut state: ViewState) -> ViewState {
    state.search = state.search.filter(|text| !text.is_empty());
    state.ordering = state.ordering.filter(|text| !text.is_empty());
    state.page_size = state.page_size.filter(|size| *size != DEFAULT_PAGE_SIZE);
    state.filters.retain(|_, value| !value.is_empty());
    state
}
