//! The views of a list, as a menu beside its title.

use super::dialogs::{DeleteDialog, NameDialog, Naming};
use super::state::ListViews;
use crate::api::{self, use_client};
use crate::state::url_state::Step;
use crate::state::{Toasts, locale_now, t, use_toasts};
use crate::ui::{
    ButtonKind, Icon, IconView, Menu, MenuChoice, MenuGroup, MenuItem, MenuSeparator, MenuToggle,
};
use ebenezer_shared::crm::view::{SavedView, UpdateView, ViewState};
use ebenezer_shared::locale::Text;
use ebenezer_shared::patch::Patch;
use ebenezer_shared::texts;
use ebenezer_shared::texts::views as v;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The menu and its dialogs.
#[component]
pub fn ViewMenu(
    lists: ListViews,
    /// What the whole list is called.
    all: Text,
) -> impl IntoView {
    let naming = RwSignal::new(None::<Naming>);
    let deleting = RwSignal::new(None::<SavedView>);
    let name = move || lists.current().map_or_else(|| t(all)().to_owned(), |view| view.name);
    let trigger = move || {
        view! {
            <IconView icon=Icon::View/>
            <span class="view-name">{name}</span>
            <Show when=move || lists.is_changed()>
                <span class="view-changed" data-testid="view-changed" title=t(v::CHANGED)>
                    <span class="visually-hidden">{t(v::CHANGED)}</span>
                </span>
            </Show>
            <IconView icon=Icon::ChevronDown/>
        }
    };
    view! {
        <div data-testid="views">
            <Menu label=t(v::TITLE) trigger kind=ButtonKind::Secondary trigger_says_it=true>
                <Entries lists all/>
                <MenuSeparator/>
                <Acts lists naming deleting/>
            </Menu>
        </div>
        <NameDialog lists naming/>
        <DeleteDialog lists deleting/>
    }
}

#[component]
fn Entries(lists: ListViews, all: Text) -> impl IntoView {
    let entry = move |view: SavedView| {
        let id = view.id;
        let name = view.name.clone();
        view! {
            <MenuChoice
                checked=Signal::derive(move || lists.current().is_some_and(|it| it.id == id))
                on_select=move || lists.show(Some(&view), Step::New)
            >
                {name}
            </MenuChoice>
        }
    };
    let group = move |shared: bool, label: Text| {
        let mut views = lists.views.data().unwrap_or_default();
        views.retain(|view| view.shared == shared);
        (!views.is_empty()).then(|| {
            view! {
                <MenuGroup label=t(label)>
                    {views.into_iter().map(entry).collect_view()}
                </MenuGroup>
            }
        })
    };
    view! {
        <MenuChoice
            checked=Signal::derive(move || lists.current().is_none())
            on_select=move || lists.show(None, Step::New)
        >
            {t(all)}
        </MenuChoice>
        {move || group(false, v::OWN)}
        {move || group(true, v::SHARED)}
    }
}

/// What can be done with what is shown.
#[component]
fn Acts(
    lists: ListViews,
    naming: RwSignal<Option<Naming>>,
    deleting: RwSignal<Option<SavedView>>,
) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let change = move |view: &SavedView, patch: UpdateView| {
        change(lists, client, toasts, view, patch);
    };
    let own = move || {
        let view = lists.current()?;
        let is_default =
            lists.preference.data().is_some_and(|it| it.default_view_id == Some(view.id));
        let (id, shared) = (view.id, view.shared);
        let kept = StoredValue::new(view.clone());
        let changing = view.may_change.then(|| {
            view! {
                <Show when=move || lists.is_changed()>
                    <MenuItem icon=Icon::Check on_select=move || {
                        let view = kept.get_value();
                        let state = untrack(|| lists.state_for(&view));
                        change(&view, whole(state));
                    }>
                        {t(v::UPDATE)}
                    </MenuItem>
                </Show>
                <MenuItem icon=Icon::Edit on_select=move || naming.set(Some(Naming::Old(Box::new(kept.get_value()))))>
                    {t(v::RENAME)}
                </MenuItem>
                <MenuToggle icon=Icon::People checked=shared on_select=move || {
                    let patch = UpdateView { shared: Some(!shared), ..UpdateView::default() };
                    change(&kept.get_value(), patch);
                }>
                    {t(v::SHARE)}
                </MenuToggle>
            }
        });
        let delete = view.may_change.then(|| {
            view! {
                <MenuItem icon=Icon::Trash danger=true on_select=move || deleting.set(Some(kept.get_value()))>
                    {t(texts::common::DELETE)}
                </MenuItem>
            }
        });
        Some(view! {
            {changing}
            <MenuToggle icon=Icon::Star checked=is_default on_select=move || {
                lists.start_with((!is_default).then_some(id));
            }>
                {t(v::START_WITH)}
            </MenuToggle>
            {delete}
        })
    };
    view! {
        <MenuItem icon=Icon::Plus on_select=move || naming.set(Some(Naming::New))>
            {t(v::SAVE_AS)}
        </MenuItem>
        {own}
    }
}

/// A patch that sets all that a view holds.
fn whole(state: ViewState) -> UpdateView {
    UpdateView {
        search: Patch::from(state.search),
        filters: Some(state.filters),
        ordering: Patch::from(state.ordering),
        columns: Patch::from(state.columns),
        page_size: Patch::from(state.page_size),
        ..UpdateView::default()
    }
}

fn change(
    lists: ListViews,
    client: api::Client,
    toasts: Toasts,
    view: &SavedView,
    patch: UpdateView,
) {
    let id = view.id;
    let keeps_state = patch.filters.is_none();
    spawn_local(async move {
        match api::views::update(client, id, &patch).await {
            Ok(saved) if keeps_state => {
                lists.replace(saved.value);
                toasts.success(t(texts::common::SAVED));
            }
            Ok(saved) => {
                lists.settled(&saved.value);
                toasts.success(t(texts::common::SAVED));
            }
            Err(error) => {
                toasts.error(error.title(locale_now()));
                lists.views.reload();
            }
        }
    });
}
