//! The form of a request for documents, in a dialog.

use super::super::clients::ClientId;
use super::super::editor::{Editor, part};
use super::super::typed::text;
use crate::api::{self, use_client};
use crate::state::{locale, t, use_toasts, use_unsaved};
use crate::ui::{
    Button, ButtonKind, Choice, DateInput, Dialog, Field, FieldRow, Form, FormActions, FormProblem,
    Select, TextArea, TextInput,
};
use chrono::NaiveDate;
use ebenezer_shared::crm::document_request::{CreateDocumentRequest, CreateRequestItem};
use ebenezer_shared::texts;
use ebenezer_shared::texts::document_requests as r;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Days between reminders, to choose from.
const DAYS: [u64; 5] = [1, 3, 7, 14, 30];

/// All that the form holds.
#[derive(Clone, Debug, Default, PartialEq)]
struct Draft {
    title: String,
    message: String,
    due_on: Option<NaiveDate>,
    /// Days, or nothing for never.
    remind: String,
    /// One thing a line.
    items: String,
}

impl Draft {
    fn to_create(&self, whose: ClientId) -> CreateDocumentRequest {
        let names = self.items.lines().filter_map(text);
        CreateDocumentRequest {
            contact_id: whose.contact(),
            corporation_id: whose.corporation(),
            title: self.title.trim().to_owned(),
            message: text(&self.message),
            due_on: self.due_on,
            remind_every_days: self.remind.parse().ok(),
            items: names.map(|name| CreateRequestItem { name, note: None }).collect(),
        }
    }
}

/// The dialog.
#[component]
pub fn RequestDialog(
    whose: ClientId,
    open: RwSignal<bool>,
    on_saved: Callback<()>,
) -> impl IntoView {
    let unsaved = use_unsaved();
    let close = Callback::new(move |()| open.set(false));
    view! {
        <Dialog
            open
            on_close=move || unsaved.guard(close)
            title=t(r::NEW_TITLE)
            attr:data-testid="request-dialog"
        >
            <RequestForm whose close on_saved/>
        </Dialog>
    }
}

#[component]
fn RequestForm(whose: ClientId, close: Callback<()>, on_saved: Callback<()>) -> impl IntoView {
    let (client, toasts, unsaved) = (use_client(), use_toasts(), use_unsaved());
    let start = Draft { remind: "7".to_owned(), ..Draft::default() };
    let editor = Editor::new(start);
    let (errors, pending) = (editor.errors, editor.saving);
    let save = move || {
        let body = editor.now().to_create(whose);
        if !errors.check(&body) {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let answer = api::document_requests::create(client, &body).await;
            pending.try_set(false);
            match answer {
                Ok(_) => {
                    editor.settle_as_is();
                    toasts.success(t(r::CREATED));
                    close.try_run(());
                    on_saved.try_run(());
                }
                Err(error) => errors.show(error),
            }
        });
    };
    let days = Signal::derive(|| {
        let locale = locale();
        let never = Choice::new("", r::NEVER.get(locale));
        let every = DAYS.map(|days| Choice::new(days.to_string(), r::every_days(locale, days)));
        std::iter::once(never).chain(every).collect::<Vec<_>>()
    });
    view! {
        <Form errors pending on_submit=save>
            <FormProblem errors/>
            <Field label=t(r::NAME) name="title" error=errors.of("title") required=true>
                <TextInput value=part!(editor, title) autofocus=true/>
            </Field>
            <Field label=t(r::ITEMS) name="items" help=t(r::ITEMS_HELP) error=errors.of("items") required=true>
                <TextArea value=part!(editor, items) rows=5/>
            </Field>
            <Field label=t(r::MESSAGE) name="message" help=t(r::MESSAGE_HELP) error=errors.of("message")>
                <TextArea value=part!(editor, message) rows=2/>
            </Field>
            <FieldRow>
                <Field label=t(r::DUE_ON) name="due_on" error=errors.of("due_on")>
                    <DateInput value=part!(editor, due_on)/>
                </Field>
                <Field label=t(r::REMINDERS) name="remind_every_days" error=errors.of("remind_every_days")>
                    <Select value=part!(editor, remind, "remind_every_days") options=days/>
                </Field>
            </FieldRow>
            <FormActions>
                <Button on_click=move || unsaved.guard(close)>{t(texts::common::CANCEL)}</Button>
                <Button kind=ButtonKind::Primary submit=true loading=pending attr:data-testid="save">
                    {t(r::CREATE)}
                </Button>
            </FormActions>
        </Form>
    }
}
