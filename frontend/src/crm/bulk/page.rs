//! `/recent-changes`: what was done to many at once, to be undone later.

use super::acting::undo;
use super::running::{RunCard, status_text, tone};
use super::{BULK, may_take_back};
use crate::api::{self, use_client};
use crate::crm::trail;
use crate::routes::Route;
use crate::state::{
    Query, locale, locale_now, t, use_list_query, use_session, use_title, use_toasts,
};
use crate::ui::{
    Badge, Button, ButtonSize, Card, Column, DataTable, EmptyState, ErrorState, ForbiddenState,
    Icon, PageHeader, RelativeTime,
};
use ebenezer_shared::crm::bulk::{BulkAction, BulkInfo, BulkReport, BulkRun, UNDO_DAYS};
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::ids::BulkId;
use ebenezer_shared::locale::{Text, number};
use ebenezer_shared::pagination::Page;
use ebenezer_shared::texts;
use ebenezer_shared::texts::bulk as b;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// Between two looks at what a worker is at.
const PAUSE: Duration = Duration::from_secs(2);

/// The page, for those who may change many at once.
#[component]
pub fn BulkActionsPage() -> impl IntoView {
    let session = use_session();
    view! {
        <Show
            when=move || may_take_back(session)
            fallback=|| view! { <ForbiddenState permission=BULK.to_string()/> }
        >
            <Recent/>
        </Show>
    }
}

#[component]
fn Recent() -> impl IntoView {
    use_title(t(b::RECENT));
    trail::arrive(Route::BulkActions);
    let client = use_client();
    let list = use_list_query(|| (), move |()| async move { api::bulk::recent(client).await });
    refresh(list);
    let shown = RwSignal::new(None);
    view! {
        <PageHeader title=t(b::RECENT) detail=move || b::recent_detail(locale(), UNDO_DAYS)/>
        <RunCard shown on_over=Callback::new(move |()| list.reload())/>
        <Content list shown/>
    }
}

/// While a worker is at one of them, the list says how far it is.
fn refresh(list: Query<Page<BulkInfo>>) {
    Effect::new(move || {
        let goes_on = |row: &BulkInfo| row.run.as_ref().is_some_and(|run| !run.status.is_over());
        if list.data().is_some_and(|page| page.items.iter().any(goes_on)) {
            let again = set_timeout_with_handle(move || list.reload(), PAUSE).ok();
            on_cleanup(move || {
                if let Some(again) = again {
                    again.clear();
                }
            });
        }
    });
}

/// The run that is looked at closely.
type Shown = RwSignal<Option<BulkReport>>;

#[component]
fn Content(list: Query<Page<BulkInfo>>, shown: Shown) -> impl IntoView {
    let empty = Memo::new(move |_| list.data().is_some_and(|page| page.items.is_empty()));
    let failed = Memo::new(move |_| list.error());
    let rows = Signal::derive(move || list.data().map(|page| page.items));
    move || {
        if let Some(error) = failed.get() {
            return view! { <ErrorState error on_retry=move || list.reload()/> }.into_any();
        }
        if empty.get() {
            return view! {
                <div data-testid="empty">
                    <EmptyState icon=Icon::Undo title=t(b::EMPTY) detail=t(b::EMPTY_DETAIL)/>
                </div>
            }
            .into_any();
        }
        view! {
            <Card flush=true>
                <DataTable
                    label=t(b::RECENT)
                    columns=columns(list, shown)
                    rows
                    row_id=|row| row.id.to_string()
                    row_version=|row| format!("{:?} {:?} {}", row.undone_at, row.run, row.may_undo)
                    row_label=|row| row.created_at.to_string()
                    pending=Signal::derive(move || list.is_pending())
                />
            </Card>
        }
        .into_any()
    }
}

/// What was done.
const fn act(action: BulkAction) -> Text {
    match action {
        BulkAction::SetStatus => b::SET_STATUS,
        BulkAction::AddTag => b::ADD_TAG,
        BulkAction::RemoveTag => b::REMOVE_TAG,
        BulkAction::SetOwner => b::SET_OWNER,
        BulkAction::SetDepartment => b::SET_DEPARTMENT,
        BulkAction::Delete => texts::common::DELETE,
        BulkAction::Merge => b::MERGE,
    }
}

const fn to_what(list: ListName) -> Text {
    match list {
        ListName::Contacts => texts::nav::CONTACTS,
        ListName::Corporations => texts::nav::CORPORATIONS,
    }
}

fn columns(list: Query<Page<BulkInfo>>, shown: Shown) -> Vec<Column<BulkInfo>> {
    vec![
        Column::new(t(b::WHAT), |row: &BulkInfo| t(act(row.action))).title(),
        Column::new(t(b::WHERE), |row: &BulkInfo| t(to_what(row.resource))),
        Column::new(t(b::COUNT), |row: &BulkInfo| {
            let count = row.changed;
            move || number(locale(), count)
        })
        .end(),
        Column::new(t(b::run::TITLE), move |row: &BulkInfo| {
            row.run.clone().map(|run| view! { <Progress id=row.id run shown/> })
        }),
        Column::new(t(b::WHO), |row: &BulkInfo| row.actor.full_name.clone()),
        Column::new(t(b::WHEN), |row: &BulkInfo| {
            view! { <RelativeTime at=row.created_at/> }
        }),
        Column::new(t(texts::common::ACTIONS), move |row: &BulkInfo| {
            view! { <UndoButton row=row.clone() list/> }
        })
        .actions(),
    ]
}

/// How far a worker is, and the way to more of it.
#[component]
fn Progress(id: BulkId, run: BulkRun, shown: Shown) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let look = move || {
        spawn_local(async move {
            match api::bulk::get(client, id).await {
                Ok(report) => {
                    shown.try_set(Some(report));
                    window().scroll_to_with_x_and_y(0.0, 0.0);
                }
                Err(error) => toasts.error(error.title(locale_now())),
            }
        });
    };
    let (done, total) = (run.done, run.total);
    let count = move || {
        let locale = locale();
        b::run::progress(locale, number(locale, done), number(locale, total))
    };
    view! {
        <span class="bulk-run-cell">
            <Badge tone=tone(&run)>{t(status_text(&run))}</Badge>
            <span class="quiet">{count}</span>
            <Button size=ButtonSize::Small on_click=look attr:data-testid="run-look">
                {t(b::run::LOOK)}
            </Button>
        </span>
    }
}

#[component]
fn UndoButton(row: BulkInfo, list: Query<Page<BulkInfo>>) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let pressed = RwSignal::new(false);
    let done = Callback::new(move |()| {
        pressed.try_set(false);
        list.reload();
    });
    if row.may_undo {
        let press = move || {
            if !pressed.get_untracked() {
                pressed.set(true);
                undo(client, toasts, row.id, done);
            }
        };
        view! {
            <Button size=ButtonSize::Small icon=Icon::Undo loading=pressed on_click=press attr:data-testid="undo">
                {t(texts::common::UNDO)}
            </Button>
        }
        .into_any()
    } else if row.undone_at.is_some() {
        view! { <Badge plain=true>{t(b::UNDONE)}</Badge> }.into_any()
    } else {
        ().into_any()
    }
}
