//! One thing that a client is asked for.

use super::drop::PickFiles;
use super::requests::Asking;
use super::upload_rows::UploadRows;
use super::uploads::Wanted;
use crate::api::{self, ApiError, Tagged};
use crate::routes::Route;
use crate::state::{FormErrors, locale, t, use_session};
use crate::ui::{
    Button, ButtonKind, ButtonSize, Choice, Dialog, Field, Form, Icon, IconButton, IconView, Model,
    Search, SearchSelect, TextInput,
};
use ebenezer_shared::crm::document::Document;
use ebenezer_shared::crm::document_request::{DocumentRequest, RequestItem};
use ebenezer_shared::ids::{DocumentId, DocumentRequestId};
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts;
use ebenezer_shared::texts::document_requests as r;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

/// So many documents are offered; whoever wants another one types more.
const OFFERED: u64 = 20;

/// A thing that is there, or is missing and can be brought.
pub fn item_row(
    request: DocumentRequestId,
    item: RequestItem,
    asking: Asking,
    may_change: bool,
) -> AnyView {
    let RequestItem { id, name, note, is_fulfilled, document, .. } = item;
    let named = name.clone();
    let here = (request, id);
    let document = document.map(|it| {
        view! { <a class="plain-link" href=Route::Document(it.id).path()>{it.name}</a> }
    });
    let acts = may_change.then(|| {
        if is_fulfilled { missing_again(here, asking, name) } else { bring(here, asking) }
    });
    let icon = if is_fulfilled { Icon::Success } else { Icon::Clock };
    let word = if is_fulfilled { r::RECEIVED } else { r::MISSING };
    view! {
        <li class="request-item" data-testid="request-item" data-done=is_fulfilled.then_some("true")>
            <span class="request-mark"><IconView icon/></span>
            <div class="file-text">
                <p>{named} <span class="visually-hidden">", " {t(word)}</span></p>
                {note.map(|note| view! { <p class="quiet">{note}</p> })}
                {document}
            </div>
            {acts}
        </li>
    }
    .into_any()
}

fn send((request, item): Wanted, asking: Asking, document: Option<DocumentId>) {
    spawn_local(async move {
        let answer = api::document_requests::fulfil(asking.client, request, item, document).await;
        asking.show(value(answer));
    });
}

fn value(answer: Result<Tagged<DocumentRequest>, ApiError>) -> Result<DocumentRequest, ApiError> {
    answer.map(|Tagged { value, .. }| value)
}

fn missing_again(here: Wanted, asking: Asking, name: String) -> AnyView {
    view! {
        <IconButton
            icon=Icon::Undo
            size=ButtonSize::Small
            label=move || r::missing_again(locale(), &name)
            on_click=move || send(here, asking, None)
        />
    }
    .into_any()
}

/// Brings it: a file, or a document that is there already.
fn bring(here: Wanted, asking: Asking) -> AnyView {
    let session = use_session();
    let bringing = asking.bringing;
    let on_files = UnsyncCallback::new(move |files: Vec<File>| {
        bringing.bring(files, None, Some(here));
    });
    let may_add = untrack(|| session.allows(Module::Documents, Action::Add));
    view! {
        <div class="request-acts">
            {may_add.then(|| view! {
                <PickFiles uploads=bringing.uploads label=t(r::UPLOAD) on_files/>
            })}
            <Button
                size=ButtonSize::Small
                on_click=move || asking.choosing.set(Some(here))
                attr:data-testid="choose-document"
            >
                {t(r::CHOOSE)}
            </Button>
        </div>
        <UploadRows uploads=bringing.uploads item=here/>
    }
    .into_any()
}

fn documents(asking: Asking) -> Search {
    let client = asking.client;
    Search::new(move |text: String| async move {
        let query = asking.bringing.whose.query().with_text("search", &text);
        let query = query.with("page_size", OFFERED).with("ordering", "-created_at").on("");
        let page = api::documents::list(client, &query).await?;
        let choice =
            |it: Document| Choice::new(it.id.to_string(), it.name).with_hint(Some(it.folder.name));
        Ok(page.items.into_iter().map(choice).collect())
    })
}

/// Asks which of the client's documents it is.
#[component]
pub fn ChooseDialog(asking: Asking) -> impl IntoView {
    let choosing = asking.choosing;
    let choose = move |choice: Option<Choice>| {
        let id = choice.and_then(|it| it.value.parse().ok());
        let (Some(id), Some(here)) = (id, choosing.get_untracked()) else { return };
        choosing.set(None);
        send(here, asking, Some(id));
    };
    view! {
        <Dialog
            open=Signal::derive(move || choosing.with(Option::is_some))
            on_close=move || choosing.set(None)
            title=t(r::CHOOSE_TITLE)
        >
            <Field label=t(r::DOCUMENT) name="document_id">
                <SearchSelect value=Model::new(Signal::stored(None), choose) search=documents(asking)/>
            </Field>
        </Dialog>
    }
}

/// Asks for one more thing.
#[component]
pub fn AddItem(id: DocumentRequestId, asking: Asking) -> impl IntoView {
    let (name, pending) = (RwSignal::new(String::new()), RwSignal::new(false));
    let errors = FormErrors::new();
    let client = asking.client;
    let value_of = Model::new(name, move |text| {
        errors.clear_field("name");
        name.set(text);
    });
    let add = move || {
        let text = name.get_untracked().trim().to_owned();
        if text.is_empty() || pending.get_untracked() {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let answer = api::document_requests::add_item(client, id, text).await;
            pending.try_set(false);
            match answer {
                Err(error) if error.status() == Some(422) => errors.show(error),
                answer => {
                    if answer.is_ok() {
                        name.try_set(String::new());
                    }
                    asking.show(value(answer));
                }
            }
        });
    };
    view! {
        <Form errors pending on_submit=add>
            <div class="checklist-add">
                <Field label=t(r::ADD_ITEM) name="name" error=errors.of("name")>
                    <TextInput value=value_of/>
                </Field>
                <Button kind=ButtonKind::Secondary submit=true loading=pending attr:data-testid="add-request-item">
                    {t(texts::common::ADD)}
                </Button>
            </div>
        </Form>
    }
}
