//! The head of a thread: what it is about, who takes part, what can be done with it.

use super::super::cases::title;
use super::super::clients::ClientId;
use super::super::delete::{DeleteRecord, DeleteTexts};
use super::inbox::use_inbox;
use super::people::{chosen, colleagues, ids};
use crate::api::{self, Tagged, use_client};
use crate::routes::Route;
use crate::state::{FormErrors, Query, locale, locale_now, t, use_session, use_toasts};
use crate::ui::float::FloatAlign;
use crate::ui::{
    Avatar, AvatarSize, Badge, Button, ButtonKind, ChipPicker, Dialog, Field, FieldGroup, Form,
    FormActions, FormProblem, Icon, IconButton, IconView, Menu, MenuItem, TextInput,
};
use ebenezer_shared::crm::thread::{Thread, ThreadKind, UpdateThread};
use ebenezer_shared::patch::Patch;
use ebenezer_shared::permission::{Action, Module};
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
pub fn ThreadHead(thread: Thread, query: Query<Tagged<Thread>>) -> impl IntoView {
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
            <Acts thread query/>
        </header>
    }
}

#[component]
fn Acts(thread: Thread, query: Query<Tagged<Thread>>) -> impl IntoView {
    let (client, session, toasts, inbox) = (use_client(), use_session(), use_toasts(), use_inbox());
    let navigate = use_navigate();
    let (editing, asking) = (RwSignal::new(false), RwSignal::new(false));
    let (id, is_closed) = (thread.id, thread.is_closed);
    let me = session.account_now().map(|account| account.user.id);
    let others: Vec<_> =
        thread.members.iter().map(|it| it.id).filter(|id| Some(*id) != me).collect();
    let may_leave = others.len() < thread.members.len() && !others.is_empty();
    let away = Callback::new(move |()| {
        inbox.touch();
        navigate(&Route::Messages.path(), NavigateOptions::default());
    });
    let change = move |patch: UpdateThread, leaves: bool| {
        spawn_local(async move {
            match api::threads::update(client, id, &patch).await {
                Ok(_) if leaves => away.run(()),
                Ok(found) => {
                    query.set(found);
                    inbox.touch();
                }
                Err(error) => toasts.error(error.title(locale_now())),
            }
        });
    };
    let close = Callback::new(move |()| {
        change(UpdateThread { is_closed: Some(!is_closed), ..UpdateThread::default() }, false);
    });
    let leave = Callback::new(move |()| {
        let member_ids = Some(others.clone());
        change(UpdateThread { member_ids, ..UpdateThread::default() }, true);
    });
    let may_change = move || session.allows(Module::Messages, Action::Change);
    let may_delete = move || session.allows(Module::Messages, Action::Delete);
    view! {
        <Show when=move || may_change() || may_delete()>
            <div data-testid="thread-actions">
                <Menu
                    label=t(common::MORE_ACTIONS)
                    trigger=|| view! { <IconView icon=Icon::More/> }
                    kind=ButtonKind::Secondary
                    icon_only=true
                    align=FloatAlign::End
                >
                    <Show when=may_change>
                        <MenuItem icon=Icon::Edit on_select=move || editing.set(true)>{t(m::EDIT)}</MenuItem>
                        <MenuItem icon=Icon::Check on_select=close>
                            {t(if is_closed { m::REOPEN } else { m::CLOSE })}
                        </MenuItem>
                        <Show when=move || may_leave>
                            <MenuItem icon=Icon::LogOut on_select=leave>{t(m::LEAVE)}</MenuItem>
                        </Show>
                    </Show>
                    <Show when=may_delete>
                        <MenuItem icon=Icon::Trash danger=true on_select=move || asking.set(true)>
                            {t(common::DELETE)}
                        </MenuItem>
                    </Show>
                </Menu>
            </div>
        </Show>
        <EditDialog thread query open=editing/>
        <DeleteRecord
            path=api::threads::path(id)
            etag=None
            texts=DELETE
            asking
            on_done=away
            on_failed=move |_| query.reload()
        />
    }
}

/// Subject and people.
#[component]
fn EditDialog(thread: Thread, query: Query<Tagged<Thread>>, open: RwSignal<bool>) -> impl IntoView {
    let thread = StoredValue::new(thread);
    view! {
        <Dialog open title=t(m::EDIT) on_close=move || open.set(false)>
            <EditForm thread=thread.get_value() query open/>
        </Dialog>
    }
}

#[component]
fn EditForm(thread: Thread, query: Query<Tagged<Thread>>, open: RwSignal<bool>) -> impl IntoView {
    let (client, inbox) = (use_client(), use_inbox());
    let (errors, pending) = (FormErrors::new(), RwSignal::new(false));
    let subject = RwSignal::new(thread.subject.clone());
    let people = RwSignal::new(thread.members.iter().map(chosen).collect::<Vec<_>>());
    let id = thread.id;
    let save = move || {
        let patch = UpdateThread {
            subject: Patch::Value(subject.get_untracked().trim().to_owned()),
            member_ids: Some(people.with_untracked(|all| ids(all))),
            is_closed: None,
        };
        if !errors.check(&patch) {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let answer = api::threads::update(client, id, &patch).await;
            pending.try_set(false);
            match answer {
                Ok(found) => {
                    open.try_set(false);
                    query.set(found);
                    inbox.touch();
                }
                Err(error) => errors.show(error),
            }
        });
    };
    view! {
        <Form errors pending on_submit=save>
            <FormProblem errors/>
            <Field label=t(m::SUBJECT) name="subject" error=errors.of("subject") required=true>
                <TextInput value=subject/>
            </Field>
            <FieldGroup legend=t(m::MEMBERS) error=errors.of("member_ids")>
                <ChipPicker value=people search=colleagues(client) label=t(m::MEMBERS) placeholder=t(m::ADD_PERSON)/>
            </FieldGroup>
            <FormActions>
                <Button on_click=move || open.set(false)>{t(common::CANCEL)}</Button>
                <Button kind=ButtonKind::Primary submit=true loading=pending attr:data-testid="save">
                    {t(common::SAVE)}
                </Button>
            </FormActions>
        </Form>
    }
}
