//! The head of a thread: what it is about, who takes part, what can be done with it.

use super::super::cases::title;
use super::super::clients::ClientId;
use super::super::delete::{DeleteRecord, DeleteTexts};
use super::change::change;
use super::edit::{EditDialog, without};
use super::inbox::use_inbox;
use crate::api::{self, Tagged, use_client};
use crate::routes::Route;
use crate::state::{Query, locale, locale_now, t, use_session, use_toasts};
use crate::team::view_as::{ViewAsItem, may_ask};
use crate::ui::float::FloatAlign;
use crate::ui::{
    Avatar, AvatarSize, Badge, ButtonKind, Icon, IconButton, IconView, Menu, MenuItem,
};
use ebenezer_shared::crm::thread::{Thread, ThreadKind, UpdateThread};
use ebenezer_shared::ids::ThreadId;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::record::RecordType;
use ebenezer_shared::texts::{common, messages as m};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

const DELETE: DeleteTexts =
    DeleteTexts { title: m::DELETE_TITLE, detail: m::DELETE_DETAIL, deleted: m::DELETED };

/// So many faces are shown.
const FACES: usize = 5;

#[component]
pub fn ThreadHead(thread: Thread, query: Query<Tagged<Thread>>, dialogs: Dialogs) -> impl IntoView {
    let names: Vec<String> = thread.members.iter().map(|it| it.full_name.clone()).collect();
    let faces = names.iter().take(FACES).cloned();
    let faces = faces.map(|name| view! { <Avatar name size=AvatarSize::Small/> }).collect_view();
    let client = thread.client.as_ref().map(|client| {
        let href = ClientId::of(client).page().path();
        view! { <a class="plain-link" href=href>{client.name.clone()}</a> }
    });
    let case = thread.case.clone().map(|case| {
        let href = Route::Case(case.id).path();
        let name = move || title(locale(), case.kind, case.tax_year, case.period);
        view! { <a class="plain-link" href=href>{name}</a> }
    });
    let with_client = (thread.kind == ThreadKind::Client)
        .then(|| view! { <Badge>{t(ThreadKind::Client.text())}</Badge> });
    let closed = thread.is_closed.then(|| view! { <Badge>{t(m::CLOSED)}</Badge> });
    view! {
        <header class="thread-head">
            <span class="thread-back">
                <IconButton icon=Icon::ArrowLeft label=t(m::BACK) href=Route::Messages.path()/>
            </span>
            <div class="thread-head-text">
                <h2 class="thread-title">{thread.subject.clone()}</h2>
                <p class="thread-people">
                    <span class="faces">{faces}</span>
                    <span>{names.join(", ")}</span>
                </p>
                <p class="thread-about">{client}{case}{with_client}{closed}</p>
            </div>
            <Acts thread query dialogs/>
        </header>
    }
}

#[component]
fn Acts(thread: Thread, query: Query<Tagged<Thread>>, dialogs: Dialogs) -> impl IntoView {
    let (client, session, toasts, inbox) = (use_client(), use_session(), use_toasts(), use_inbox());
    let navigate = use_navigate();
    let (id, is_closed) = (thread.id.0, thread.is_closed);
    let me = session.account_now().map(|account| account.user.id);
    let is_member = thread.members.iter().any(|it| Some(it.id) == me);
    let may_leave = is_member && thread.members.len() > 1;
    let close = Callback::new(move |()| {
        let Some(known) = query.data_now() else { return };
        spawn_local(async move {
            let patch = |_: &Thread| UpdateThread {
                is_closed: Some(!is_closed),
                ..UpdateThread::default()
            };
            match change(client, known.value, patch).await {
                Ok(found) => {
                    query.set(found);
                    inbox.touch();
                }
                Err(error) => toasts.error(error.title(locale_now())),
            }
        });
    });
    let leave = Callback::new(move |()| {
        let Some(known) = query.data_now() else { return };
        let navigate = navigate.clone();
        spawn_local(async move {
            match change(client, known.value, |now| without(now, me)).await {
                Ok(_) => {
                    inbox.touch();
                    navigate(&Route::Messages.path(), NavigateOptions::default());
                }
                Err(error) => toasts.error(error.title(locale_now())),
            }
        });
    });
    let may_change = move || session.allows(Module::Messages, Action::Change);
    let may_delete = move || session.allows(Module::Messages, Action::Delete);
    view! {
        <Show when=move || may_change() || may_delete() || may_ask()>
            <div data-testid="thread-actions">
                <Menu
                    label=t(common::MORE_ACTIONS)
                    trigger=|| view! { <IconView icon=Icon::More/> }
                    kind=ButtonKind::Secondary
                    icon_only=true
                    align=FloatAlign::End
                >
                    <Show when=may_change>
                        <MenuItem icon=Icon::Edit on_select=move || dialogs.editing.set(true)>
                            {t(m::EDIT)}
                        </MenuItem>
                        <MenuItem icon=Icon::Check on_select=close>
                            {t(if is_closed { m::REOPEN } else { m::CLOSE })}
                        </MenuItem>
                        <Show when=move || may_leave>
                            <MenuItem icon=Icon::LogOut on_select=leave>{t(m::LEAVE)}</MenuItem>
                        </Show>
                    </Show>
                    <ViewAsItem kind=RecordType::Thread id=id/>
                    <Show when=may_delete>
                        <MenuItem icon=Icon::Trash danger=true on_select=move || dialogs.asking.set(true)>
                            {t(common::DELETE)}
                        </MenuItem>
                    </Show>
                </Menu>
            </div>
        </Show>
    }
}

/// What is open above the thread. It stays open when somebody writes meanwhile.
#[derive(Clone, Copy)]
pub struct Dialogs {
    editing: RwSignal<bool>,
    asking: RwSignal<bool>,
}

impl Dialogs {
    /// Nothing is open.
    pub fn new() -> Self {
        Self { editing: RwSignal::new(false), asking: RwSignal::new(false) }
    }
}

/// The dialogs for changing and deleting a thread.
#[component]
pub fn ThreadDialogs(
    id: ThreadId,
    query: Query<Tagged<Thread>>,
    dialogs: Dialogs,
) -> impl IntoView {
    let (inbox, navigate) = (use_inbox(), use_navigate());
    let away = Callback::new(move |()| {
        inbox.touch();
        navigate(&Route::Messages.path(), NavigateOptions::default());
    });
    view! {
        <EditDialog query open=dialogs.editing/>
        <DeleteRecord
            path=api::threads::path(id)
            etag=None
            texts=DELETE
            asking=dialogs.asking
            on_done=away
            on_failed=move |_| query.reload()
        />
    }
}

/// A thread as far as its head shows it: it is not drawn anew at each message.
pub fn shown(thread: Thread) -> Thread {
    let updated_at = thread.created_at;
    Thread { message_count: 0, unread: 0, last_message: None, version: 0, updated_at, ..thread }
}
