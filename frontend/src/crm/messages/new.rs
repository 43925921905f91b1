//! Beginning a thread.

use super::super::clients::{ClientId, clients, contact_of, corporation_of};
use super::super::documents::DropArea;
use super::files::{Attach, FileRows, Files};
use super::inbox::use_inbox;
use super::people::{colleagues, ids};
use crate::api::{self, use_client};
use crate::routes::Route;
use crate::state::{FormErrors, guard_unsaved, t, use_title, use_url_state};
use crate::ui::{
    Button, ButtonKind, ButtonLink, ChipPicker, Choice, Field, FieldGroup, Form, FormProblem, Icon,
    IconButton, SearchSelect, Select, TextArea, TextInput,
};
use ebenezer_shared::crm::thread::{CreateMessage, CreateThread, ThreadKind};
use ebenezer_shared::texts::{cases, common, messages as m};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// What is being written.
#[derive(Clone, Copy)]
struct Draft {
    subject: RwSignal<String>,
    people: RwSignal<Vec<Choice>>,
    client: RwSignal<Option<Choice>>,
    kind: RwSignal<String>,
    body: RwSignal<String>,
    files: Files,
}

impl Draft {
    fn new() -> Self {
        Self {
            subject: RwSignal::new(String::new()),
            people: RwSignal::new(Vec::new()),
            client: RwSignal::new(None),
            kind: RwSignal::new(ThreadKind::Internal.as_str().to_owned()),
            body: RwSignal::new(String::new()),
            files: Files::new(),
        }
    }

    fn is_empty(self) -> bool {
        self.subject.with(String::is_empty) && self.body.with(String::is_empty)
    }

    fn to_create(self) -> CreateThread {
        let client = self.client.get_untracked();
        let kind = self.kind.get_untracked().parse().unwrap_or(ThreadKind::Internal);
        CreateThread {
            subject: self.subject.get_untracked().trim().to_owned(),
            kind: if client.is_some() { kind } else { ThreadKind::Internal },
            contact_id: contact_of(client.as_ref()),
            corporation_id: corporation_of(client.as_ref()),
            case_id: None,
            member_ids: self.people.with_untracked(|all| ids(all)),
            message: CreateMessage {
                body: self.body.get_untracked().trim().to_owned(),
                attachment_ids: self.files.ids(),
            },
        }
    }
}

/// `/messages/new`; `?contact_id=` or `?corporation_id=` names a client.
#[component]
pub fn NewThread() -> impl IntoView {
    use_title(t(m::NEW_TITLE));
    let (client, inbox, navigate) = (use_client(), use_inbox(), use_navigate());
    let url = use_url_state();
    let draft = Draft::new();
    let (errors, pending, is_sent) =
        (FormErrors::new(), RwSignal::new(false), RwSignal::new(false));
    guard_unsaved(Signal::derive(move || !is_sent.get() && !draft.is_empty()));
    if let Some(named) = untrack(|| ClientId::of_url(url)) {
        spawn_local(async move {
            let choice = named.read(client).await;
            draft.client.try_set(choice);
        });
    }
    let send = move || {
        if untrack(|| draft.files.is_busy()) {
            return;
        }
        let body = draft.to_create();
        let is_right = errors.check(&body);
        if !body.message.says_something() {
            errors.mark("message.body", "required");
            return;
        }
        if !is_right {
            return;
        }
        pending.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            let answer = api::threads::create(client, &body).await;
            pending.try_set(false);
            match answer {
                Ok(made) => {
                    is_sent.try_set(true);
                    inbox.touch();
                    let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
                    navigate(&Route::Thread(made.value.id).path(), options);
                }
                Err(error) => errors.show(error),
            }
        });
    };
    view! {
        <header class="thread-head">
            <span class="thread-back">
                <IconButton icon=Icon::ArrowLeft label=t(m::BACK) href=Route::Messages.path()/>
            </span>
            <h2 class="thread-title">{t(m::NEW_TITLE)}</h2>
        </header>
        <div class="thread-new">
            <DropArea enabled=Signal::stored(true) on_files=draft.files.send() label=t(m::DROP)>
                <Form errors pending on_submit=send>
                    <FormProblem errors/>
                    <Whom draft errors/>
                    <Field label=t(m::SUBJECT) name="subject" error=errors.of("subject") required=true>
                        <TextInput value=draft.subject/>
                    </Field>
                    <Field label=t(m::MESSAGE) name="message.body" error=errors.of("message.body") required=true>
                        <TextArea value=draft.body rows=6/>
                    </Field>
                    <FileRows files=draft.files/>
                    <div class="composer-actions">
                        <Attach files=draft.files/>
                        <ButtonLink href=Route::Messages.path()>{t(common::CANCEL)}</ButtonLink>
                        <Button
                            kind=ButtonKind::Primary
                            submit=true
                            loading=pending
                            disabled=Signal::derive(move || draft.files.is_busy())
                            attr:data-testid="send"
                        >
                            {t(m::SEND)}
                        </Button>
                    </div>
                </Form>
            </DropArea>
        </div>
    }
}

/// Who takes part, and whether a client does.
#[component]
fn Whom(draft: Draft, errors: FormErrors) -> impl IntoView {
    let client = use_client();
    let kinds = Signal::derive(|| {
        Choice::texts([
            (ThreadKind::Internal.as_str(), m::SEEN_BY_MEMBERS),
            (ThreadKind::Client.as_str(), m::SEEN_BY_CLIENT),
        ])
    });
    view! {
        <FieldGroup legend=t(m::MEMBERS) help=t(m::MEMBERS_HELP) error=errors.of("member_ids")>
            <ChipPicker
                value=draft.people
                search=colleagues(client)
                label=t(m::MEMBERS)
                placeholder=t(m::ADD_PERSON)
            />
        </FieldGroup>
        <Field label=t(m::ABOUT_CLIENT) name="contact_id" error=errors.of("contact_id")>
            <SearchSelect value=draft.client search=clients(client) placeholder=t(cases::SELECT_CLIENT)/>
        </Field>
        <Show when=move || draft.client.with(Option::is_some)>
            <Field label=t(m::WHO_SEES) name="kind" error=errors.of("kind")>
                <Select value=draft.kind options=kinds/>
            </Field>
        </Show>
    }
}
