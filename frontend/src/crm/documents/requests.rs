//! What a client is asked for, on the client's page.

use super::super::cases::DueDay;
use super::bringing::{Bringing, use_bringing};
use super::failure::said;
use super::request_form::RequestDialog;
use super::request_item::{AddItem, ChooseDialog, item_row};
use super::uploads::Wanted;
use crate::api::{self, ApiError, Client, Tagged, use_client};
use crate::state::{Query, Toasts, locale, locale_now, t, use_list_query, use_session, use_toasts};
use crate::ui::float::FloatAlign;
use crate::ui::{
    Badge, Button, ButtonSize, Card, Confirm, Icon, IconView, Loaded, Menu, MenuItem,
    MenuSeparator, SkeletonKind, Tone,
};
use ebenezer_shared::crm::document_request::{DocumentRequest, DocumentRequestStatus as Status};
use ebenezer_shared::ids::DocumentRequestId;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts;
use ebenezer_shared::texts::document_requests as r;
use leptos::children::ViewFnOnce;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// So many of the latest are shown.
const SHOWN: u64 = 20;

/// Nothing for who may not see documents.
#[component]
pub fn RequestsCard() -> impl IntoView {
    use_bringing().map(|bringing| view! { <Requests bringing/> })
}

/// What can be done with requests.
#[derive(Clone, Copy)]
pub struct Asking {
    pub bringing: Bringing,
    pub client: Client,
    /// The thing for which a document is chosen.
    pub choosing: RwSignal<Option<Wanted>>,
    requests: Query<Page<DocumentRequest>>,
    deleting: RwSignal<Option<DocumentRequestId>>,
    toasts: Toasts,
}

impl Asking {
    /// Shows a request as the server has it now.
    pub fn show(self, answer: Result<DocumentRequest, ApiError>) {
        match answer {
            Ok(request) => self.requests.update(|page| {
                for known in page.items.iter_mut().filter(|it| it.id == request.id) {
                    known.clone_from(&request);
                }
            }),
            Err(error) => {
                self.toasts.error(said(&error, locale_now()));
                self.requests.reload();
            }
        }
    }
}

#[component]
fn Requests(bringing: Bringing) -> impl IntoView {
    let (session, client) = (use_session(), use_client());
    let Bringing { whose, touched, .. } = bringing;
    let requests = use_list_query(
        move || (whose.query().with("page_size", SHOWN).on(""), touched.get()),
        move |(query, _)| async move { api::document_requests::list(client, &query).await },
    );
    let asking = Asking {
        bringing,
        client,
        choosing: RwSignal::new(None),
        requests,
        deleting: RwSignal::new(None),
        toasts: use_toasts(),
    };
    let open = RwSignal::new(false);
    let actions = ViewFnOnce::from(move || {
        view! {
            <Show when=move || session.allows(Module::Documents, Action::Add)>
                <Button
                    icon=Icon::Plus
                    size=ButtonSize::Small
                    on_click=move || open.set(true)
                    attr:data-testid="new-request"
                >
                    {t(r::NEW)}
                </Button>
            </Show>
        }
    });
    let rows = move |page: Page<DocumentRequest>| {
        if page.items.is_empty() {
            return view! { <p class="quiet">{t(r::NONE_YET)}</p> }.into_any();
        }
        let rows: Vec<_> = page.items.iter().map(|it| row(it, asking)).collect();
        view! { <ul class="requests">{rows}</ul> }.into_any()
    };
    view! {
        <div data-testid="requests-card">
            <Card title=t(r::TITLE) actions>
                <Loaded query=requests skeleton=SkeletonKind::Lines view=rows/>
            </Card>
            <RequestDialog whose open on_saved=Callback::new(move |()| requests.reload())/>
            <DeleteRequest asking/>
            <ChooseDialog asking/>
        </div>
    }
}

fn status(request: &DocumentRequest) -> (Tone, ebenezer_shared::locale::Text) {
    match request.status {
        Status::Open if request.is_overdue => (Tone::Danger, r::OVERDUE),
        Status::Open => (Tone::Warning, request.status.text()),
        Status::Completed => (Tone::Success, request.status.text()),
        Status::Cancelled => (Tone::Neutral, request.status.text()),
    }
}

fn row(request: &DocumentRequest, asking: Asking) -> AnyView {
    let session = use_session();
    let may_change = untrack(|| session.allows(Module::Documents, Action::Change));
    let is_open = request.status == Status::Open;
    let (tone, word) = status(request);
    let (all, done) = (request.items.len() as u64, request.fulfilled_count);
    let reminded = request.reminder_count;
    let facts = view! {
        <p class="file-facts">
            <span>{move || r::done_of(locale(), all, done)}</span>
            {request.due_on.map(|day| view! {
                <span>{t(r::UNTIL)} " " <DueDay day=Some(day) can_be_late=is_open/></span>
            })}
            {request.remind_every_days.filter(|_| is_open).map(|days| view! {
                <span>{move || r::reminds_every(locale(), u64::try_from(days).unwrap_or_default())}</span>
            })}
            {(reminded > 0).then(|| view! {
                <span>{move || r::reminded(locale(), u64::from(reminded))}</span>
            })}
        </p>
    };
    let id = request.id;
    let items: Vec<_> = request
        .items
        .iter()
        .map(|item| item_row(id, item.clone(), asking, may_change && is_open))
        .collect();
    view! {
        <li class="request" data-testid="request" data-status=request.status.as_str()>
            <div class="request-head">
                <h3 class="files-title">{request.title.clone()}</h3>
                <Badge tone>{t(word)}</Badge>
                {menu(request, asking)}
            </div>
            {facts}
            {request.message.clone().map(|text| view! { <p class="quiet request-message">{text}</p> })}
            <ul class="request-items">{items}</ul>
            {(may_change && is_open).then(|| view! { <AddItem id asking/> })}
        </li>
    }
    .into_any()
}

fn menu(request: &DocumentRequest, asking: Asking) -> Option<AnyView> {
    let (session, client, toasts) = (use_session(), use_client(), use_toasts());
    let (id, name, now) = (request.id, request.title.clone(), request.status);
    let may = move |action| session.allows(Module::Documents, action);
    let remind = Callback::new(move |()| {
        spawn_local(async move {
            let answer = api::document_requests::remind(client, id).await;
            if answer.is_ok() {
                toasts.success(t(r::REMINDER_SENT));
            }
            asking.show(answer);
        });
    });
    let become_ = move |status: Status| {
        Callback::new(move |()| {
            spawn_local(async move {
                let answer = api::document_requests::set_status(client, id, status).await;
                asking.show(answer.map(|Tagged { value, .. }| value));
            });
        })
    };
    let delete = Callback::new(move |()| asking.deleting.set(Some(id)));
    let any = untrack(|| may(Action::Change) || may(Action::Delete));
    any.then(|| {
        view! {
            <Menu
                label=move || texts::common::actions_of(locale(), &name)
                trigger=|| view! { <IconView icon=Icon::More/> }
                size=ButtonSize::Small
                icon_only=true
                align=FloatAlign::End
            >
                <Show when=move || may(Action::Change) && now == Status::Open>
                    <MenuItem icon=Icon::Mail on_select=remind>{t(r::REMIND)}</MenuItem>
                    <MenuItem icon=Icon::Close on_select=become_(Status::Cancelled)>{t(r::CANCEL)}</MenuItem>
                </Show>
                <Show when=move || may(Action::Change) && now == Status::Cancelled>
                    <MenuItem icon=Icon::Undo on_select=become_(Status::Open)>{t(r::REOPEN)}</MenuItem>
                </Show>
                <Show when=move || may(Action::Delete)>
                    <MenuSeparator/>
                    <MenuItem icon=Icon::Trash danger=true on_select=delete>
                        {t(texts::common::DELETE)}
                    </MenuItem>
                </Show>
            </Menu>
        }
        .into_any()
    })
}

#[component]
fn DeleteRequest(asking: Asking) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let pending = RwSignal::new(false);
    let confirm = move || {
        let Some(id) = asking.deleting.get_untracked().filter(|_| !pending.get_untracked()) else {
            return;
        };
        pending.set(true);
        spawn_local(async move {
            let answer = api::document_requests::delete(client, id).await;
            pending.try_set(false);
            asking.deleting.try_set(None);
            match answer {
                Err(error) if error.status() != Some(404) => {
                    toasts.error(said(&error, locale_now()));
                }
                _ => toasts.success(t(r::DELETED)),
            }
            asking.requests.reload();
        });
    };
    view! {
        <Confirm
            open=Signal::derive(move || asking.deleting.with(Option::is_some))
            title=t(r::DELETE_TITLE)
            detail=t(r::DELETE_DETAIL)
            confirm_label=t(texts::common::DELETE)
            danger=true
            pending
            on_confirm=confirm
            on_cancel=move || asking.deleting.set(None)
            attr:data-testid="confirm-delete-request"
        />
    }
}
