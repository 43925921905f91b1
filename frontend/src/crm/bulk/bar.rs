//! The bar over the list while rows are selected.

use super::super::export::{ExportMenu, Exported};
use super::super::filters::Filter;
use super::super::merge::{MOST, may_merge, merge_path};
use super::super::people::{People, department_choices, team_choices};
use super::super::status::contact_statuses;
use super::super::tags::use_tags;
use super::Selection;
use super::acting::Acting;
use super::running::RunCard;
use crate::state::{locale, t, use_session};
use crate::ui::float::FloatAlign;
use crate::ui::pagination::PageInfo;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Choice, Confirm, Icon, IconButton, IconView, Menu, MenuItem,
};
use ebenezer_shared::crm::bulk::{BulkAction, MAX_BULK, RunBulk, UNDO_DAYS};
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::locale::{Text, number};
use ebenezer_shared::patch::Patch;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts;
use ebenezer_shared::texts::bulk as b;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

/// The bar. Another filter or order empties the selection: nobody shall change what they do
/// not see.
#[component]
pub fn BulkBar(
    list: ListName,
    selection: Selection,
    /// The statuses to choose from; those of the list.
    #[prop(optional)]
    people: Option<People>,
    /// How many the list finds.
    info: Signal<Option<PageInfo>>,
    /// Which the list finds, as its query.
    meant: Callback<(), String>,
    exported: Exported,
    #[prop(into)] on_done: Callback<()>,
) -> impl IntoView {
    let acting = Acting::new(list, selection, meant, on_done);
    forget_with_the_filters(selection);
    // Another row more or less: no longer all are meant.
    Effect::new(move || {
        selection.track();
        acting.all.set(false);
    });
    let any = move || acting.count() > 0;
    let picked = Callback::new(move |()| acting.picked());
    view! {
        <RunCard shown=acting.running on_over=on_done/>
        <Show when=any>
            <div class="bulk-bar" role="region" aria-label=t(b::TITLE) data-testid="bulk-bar">
                <p class="bulk-count" role="status">
                    {move || selected(&acting, info)}
                </p>
                <SelectAll acting info/>
                <Show
                    when=move || acting.all.get() || acting.count() <= MAX_BULK as u64
                    fallback=move || view! { <p class="quiet">{move || b::too_many(locale(), MAX_BULK)}</p> }
                >
                    <Acts acting people/>
                    <ExportMenu exported picked/>
                </Show>
                <IconButton
                    icon=Icon::Close
                    label=t(b::CLEAR)
                    on_click=move || selection.update(std::collections::BTreeSet::clear)
                    attr:data-testid="bulk-clear"
                />
            </div>
        </Show>
    }
}

/// How many are meant, in words; tracked.
fn selected(acting: &Acting, info: Signal<Option<PageInfo>>) -> String {
    let (locale, count) = (locale(), acting.count());
    match info.get().filter(|_| acting.all.get()) {
        Some(info) if info.total_is_exact => b::all_selected(locale, number(locale, info.total)),
        Some(info) => b::all_selected_capped(locale, number(locale, info.total)),
        None => texts::table::selected(locale, count),
    }
}

/// Offers all that the list finds once a whole page of it is selected.
#[component]
fn SelectAll(acting: Acting, info: Signal<Option<PageInfo>>) -> impl IntoView {
    let offered = Memo::new(move |_| {
        let info = info.get().filter(|_| !acting.all.get())?;
        let before = info.page.saturating_sub(1) * info.page_size;
        let on_page = info.total.saturating_sub(before).min(info.page_size);
        let count = acting.count();
        (count >= on_page && info.total > count).then_some(info)
    });
    let text = move || {
        let (info, locale) = (offered.get()?, locale());
        let total = number(locale, info.total);
        Some(if info.total_is_exact {
            b::select_all(locale, total)
        } else {
            b::select_all_capped(locale, total)
        })
    };
    view! {
        <Show when=move || offered.with(Option::is_some)>
            <Button
                kind=ButtonKind::Ghost
                on_click=move || acting.all.set(true)
                attr:data-testid="select-all"
            >
                {text}
            </Button>
        </Show>
    }
}

fn forget_with_the_filters(selection: Selection) {
    const PAGE: Filter = Filter { key: super::super::listing::PAGE, known: |_| true };
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let mut query = query.get();
        query.remove(PAGE.key);
        query.to_query_string()
    });
    Effect::new(move |before: Option<String>| {
        let now = asked.get();
        if before.is_some_and(|before| before != now) {
            selection.update(std::collections::BTreeSet::clear);
        }
        now
    });
}

#[component]
fn Acts(acting: Acting, people: Option<People>) -> impl IntoView {
    let session = use_session();
    let module = match acting.list {
        ListName::Contacts => Module::Contacts,
        ListName::Corporations => Module::Corporations,
    };
    let may = move |action| session.allows(module, action);
    view! {
        <Show when=move || may(Action::Change)>
            <Pick
                acting
                label=b::STATUS
                choices=Signal::derive(contact_statuses)
                change=|body, choice| {
                    body.action = BulkAction::SetStatus;
                    body.status = super::super::status::contact_status(&choice);
                }
            />
            <Tags acting/>
            {people.map(|people| view! { <Owners acting people/> })}
        </Show>
        <MergeSelected acting/>
        <Show when=move || may(Action::Delete)>
            <Delete acting/>
        </Show>
    }
}

/// A few that turned out to be one: the oldest one is proposed to stay.
#[component]
fn MergeSelected(acting: Acting) -> impl IntoView {
    let session = use_session();
    let few = Memo::new(move |_| {
        let ids: Vec<Uuid> =
            acting.selection.with(|ids| ids.iter().filter_map(|id| id.parse().ok()).collect());
        let fits = (2..=MOST).contains(&ids.len()) && !acting.all.get();
        if fits && may_merge(session, acting.list) { ids } else { Vec::new() }
    });
    let href = Signal::derive(move || {
        few.with(|ids| {
            let split = ids.split_first();
            split.map(|(id, with)| merge_path(acting.list, *id, with)).unwrap_or_default()
        })
    });
    let text = move || texts::merge::selected(locale(), few.with(|ids| ids.len() as u64));
    view! {
        <Show when=move || few.with(|ids| !ids.is_empty())>
            <ButtonLink href attr:data-testid="merge-two">{text}</ButtonLink>
        </Show>
    }
}

/// A menu of values, each of which is set at once.
#[component]
fn Pick(
    acting: Acting,
    label: Text,
    choices: Signal<Vec<Choice>>,
    change: fn(&mut RunBulk, String),
) -> impl IntoView {
    let entry = move |choice: Choice| {
        let value = choice.value;
        view! {
            <MenuItem on_select=move || {
                let value = value.clone();
                acting.run(|body| change(body, value));
            }>
                {choice.color.map(|color| view! { <span class="tag-swatch" data-color=color></span> })}
                {choice.label}
            </MenuItem>
        }
    };
    let trigger = move || view! { {t(label)} <IconView icon=Icon::ChevronDown/> };
    let any = move || choices.with(|all| !all.is_empty());
    view! {
        <Show when=any>
            <Menu label=t(label) trigger kind=ButtonKind::Secondary trigger_says_it=true align=FloatAlign::Start>
                {move || choices.get().into_iter().map(entry).collect_view()}
            </Menu>
        </Show>
    }
}

#[component]
fn Tags(acting: Acting) -> impl IntoView {
    let tags = use_tags();
    let choices = Signal::derive(move || {
        let all = tags.data().unwrap_or_default();
        all.iter().map(super::super::tags::choice).collect::<Vec<_>>()
    });
    view! {
        <Pick acting label=b::ADD_TAG choices change=|body, id| {
            body.action = BulkAction::AddTag;
            body.tag_id = id.parse().ok();
        }/>
        <Pick acting label=b::REMOVE_TAG choices change=|body, id| {
            body.action = BulkAction::RemoveTag;
            body.tag_id = id.parse().ok();
        }/>
    }
}

#[component]
fn Owners(acting: Acting, people: People) -> impl IntoView {
    let nobody = |text: Text| Choice::new("", text.get(locale()));
    let owners = Signal::derive(move || {
        let all = team_choices(&people.team.data().unwrap_or_default(), "");
        if all.is_empty() { all } else { [vec![nobody(texts::contacts::NO_OWNER)], all].concat() }
    });
    let departments = Signal::derive(move || {
        let all = department_choices(&people.departments.data().unwrap_or_default(), "");
        if all.is_empty() { all } else { [vec![nobody(texts::common::NONE)], all].concat() }
    });
    view! {
        <Pick acting label=texts::contacts::OWNER choices=owners change=|body, id| {
            body.action = BulkAction::SetOwner;
            body.owner_id = Patch::from(id.parse().ok());
        }/>
        <Pick acting label=texts::contacts::DEPARTMENT choices=departments change=|body, id| {
            body.action = BulkAction::SetDepartment;
            body.department_id = Patch::from(id.parse().ok());
        }/>
    }
}

#[component]
fn Delete(acting: Acting) -> impl IntoView {
    let asking = RwSignal::new(false);
    let confirm = move || {
        asking.set(false);
        acting.run(|body| body.action = BulkAction::Delete);
    };
    view! {
        <Button
            icon=Icon::Trash
            on_click=move || asking.set(true)
            loading=acting.pending
            attr:data-testid="bulk-delete"
        >
            {t(texts::common::DELETE)}
        </Button>
        <Confirm
            open=asking
            on_cancel=move || asking.set(false)
            on_confirm=confirm
            title=move || if acting.all.get() {
                b::DELETE_ALL_TITLE.get(locale()).to_owned()
            } else {
                b::delete_title(locale(), acting.count())
            }
            detail=move || b::delete_detail(locale(), UNDO_DAYS)
            confirm_label=t(texts::common::DELETE)
            danger=true
        />
    }
}
