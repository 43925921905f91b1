//! The list of tags.

use super::super::filters::Filter;
use super::TagChip;
use super::delete::DeleteTag;
use super::filter::TAG;
use super::form::{Editing, TagDialog};
use crate::api::{self, QueryString, use_client};
use crate::crm::saving::say_saved;
use crate::crm::trail;
use crate::routes::Route;
use crate::state::{Query, locale, t, use_list_query, use_session, use_title, use_toasts};
use crate::ui::float::FloatAlign;
use crate::ui::{
    Button, ButtonKind, Card, Column, DataTable, EmptyState, ErrorState, Icon, IconView, Menu,
    MenuItem, MenuSeparator, PageHeader,
};
use ebenezer_shared::crm::tag::Tag;
use ebenezer_shared::locale::number;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts;
use ebenezer_shared::texts::tags as g;
use leptos::either::Either;
use leptos::prelude::*;

type EditingSignal = RwSignal<Option<Editing>>;

/// `/tags`
#[component]
pub fn TagsPage() -> impl IntoView {
    use_title(t(g::TITLE));
    trail::arrive(Route::Tags);
    let (client, toasts) = (use_client(), use_toasts());
    let list = use_list_query(|| (), move |()| async move { api::tags::list(client, "").await });
    let editing = EditingSignal::new(None);
    let deleting = RwSignal::new(None::<Tag>);
    let on_saved = Callback::new(move |(tag, saved): (Tag, _)| {
        say_saved(toasts, saved, || TextProp::from(move || g::created(locale(), &tag.name)));
        list.reload();
    });
    view! {
        <PageHeader title=t(g::TITLE) detail=t(g::DETAIL)>
            <New editing/>
        </PageHeader>
        <Content list editing deleting/>
        <TagDialog editing on_saved/>
        <DeleteTag chosen=deleting on_done=move || list.reload()/>
    }
}

#[component]
fn New(editing: EditingSignal) -> impl IntoView {
    let session = use_session();
    view! {
        <Show when=move || session.allows(Module::Contacts, Action::Change)>
            <Button
                kind=ButtonKind::Primary
                icon=Icon::Plus
                on_click=move || editing.set(Some(Editing::New))
                attr:data-testid="new-tag"
            >
                {t(g::NEW)}
            </Button>
        </Show>
    }
}

#[component]
fn Content(
    list: Query<Page<Tag>>,
    editing: EditingSignal,
    deleting: RwSignal<Option<Tag>>,
) -> impl IntoView {
    let empty = Memo::new(move |_| list.data().is_some_and(|page| page.items.is_empty()));
    let failed = Memo::new(move |_| list.error());
    let rows = Signal::derive(move || list.data().map(|page| page.items));
    let pending = Signal::derive(move || list.is_pending());
    move || {
        if let Some(error) = failed.get() {
            return view! { <ErrorState error on_retry=move || list.reload()/> }.into_any();
        }
        if empty.get() {
            return view! {
                <div data-testid="empty">
                    <EmptyState icon=Icon::Tag title=t(g::EMPTY) detail=t(g::EMPTY_DETAIL)>
                        <New editing/>
                    </EmptyState>
                </div>
            }
            .into_any();
        }
        view! {
            <Card flush=true>
                <DataTable
                    label=t(g::TITLE)
                    columns=columns(editing, deleting)
                    rows
                    row_id=|row| row.id.to_string()
                    row_version=|row| format!("{} {} {}", row.updated_at, row.contact_count, row.corporation_count)
                    row_label=|row| row.name.clone()
                    row_href=|row| carriers(Route::Contacts, row)
                    pending
                />
            </Card>
        }
        .into_any()
    }
}

/// The list of those that carry the tag.
fn carriers(list: Route, tag: &Tag) -> String {
    let Filter { key, .. } = TAG;
    QueryString::new().with(key, tag.id).on(&list.path())
}

fn columns(editing: EditingSignal, deleting: RwSignal<Option<Tag>>) -> Vec<Column<Tag>> {
    vec![
        Column::new(t(g::NAME), |row: &Tag| {
            view! { <TagChip name=row.name.clone() color=row.color/> }
        })
        .title(),
        Column::new(t(texts::nav::CONTACTS), |row: &Tag| {
            uses(row, row.contact_count, Route::Contacts, Module::Contacts)
        })
        .end(),
        Column::new(t(texts::nav::CORPORATIONS), |row: &Tag| {
            uses(row, row.corporation_count, Route::Corporations, Module::Corporations)
        })
        .end(),
        Column::new(t(texts::common::ACTIONS), move |row: &Tag| {
            view! { <RowMenu tag=row.clone() editing deleting/> }
        })
        .actions(),
    ]
}

/// How many carry it; leads to them.
fn uses(tag: &Tag, count: u64, list: Route, module: Module) -> impl IntoView + use<> {
    let shown = move || number(locale(), count);
    let session = use_session();
    if count > 0 && untrack(|| session.allows(module, Action::View)) {
        let href = carriers(list, tag);
        Either::Left(view! {
            <a class="plain-link" href=href aria-label=move || g::see(locale(), count)>{shown}</a>
        })
    } else {
        Either::Right(shown)
    }
}

#[component]
fn RowMenu(tag: Tag, editing: EditingSignal, deleting: RwSignal<Option<Tag>>) -> impl IntoView {
    let session = use_session();
    let (id, name) = (tag.id, tag.name.clone());
    let label = move || texts::common::actions_of(locale(), &name);
    let edit = Callback::new(move |()| editing.set(Some(Editing::Old(id))));
    let delete = Callback::new(move |()| deleting.set(Some(tag.clone())));
    view! {
        <Show when=move || session.allows(Module::Contacts, Action::Change)>
            <Menu label=label.clone() trigger=|| view! { <IconView icon=Icon::More/> } icon_only=true align=FloatAlign::End>
                <MenuItem icon=Icon::Edit on_select=edit>{t(texts::common::EDIT)}</MenuItem>
                <MenuSeparator/>
                <MenuItem icon=Icon::Trash danger=true on_select=delete>
                    {t(texts::common::DELETE)}
                </MenuItem>
            </Menu>
        </Show>
    }
}
