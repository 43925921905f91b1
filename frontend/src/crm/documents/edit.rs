//! The form of a document, in a dialog: its name, where it lies, its note, who sees it.

use super::super::choice_field::ChoiceField;
use super::super::clients::ClientId;
use super::super::editor::{Editor, part};
use super::super::typed::{change, id as id_of, text, text_change, unless_empty};
use super::acts::Acts;
use super::words::folder_choices;
use crate::api::{self, Tagged, use_client};
use crate::state::{Remote, t, use_query, use_toasts, use_unsaved};
use crate::ui::{
    Button, ButtonKind, Choice, Confirm, Dialog, ErrorState, Field, Form, FormActions, FormProblem,
    Skeleton, SkeletonKind, Switch, TextArea, TextInput,
};
use ebenezer_shared::crm::document::{Document, UpdateDocument};
use ebenezer_shared::ids::DocumentId;
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::texts;
use ebenezer_shared::texts::documents as d;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// All that the form holds.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    name: String,
    folder: Option<Choice>,
    note: String,
    shared: bool,
}

impl From<&Document> for Draft {
    fn from(document: &Document) -> Self {
        let folder = &document.folder;
        Self {
            name: document.name.clone(),
            folder: Some(Choice::new(folder.id.to_string(), folder.name.clone())),
            note: document.note.clone().unwrap_or_default(),
            shared: document.shared_with_portal,
        }
    }
}

impl Draft {
    /// What differs from `before`; none when nothing does.
    fn to_update(&self, before: &Self) -> Option<UpdateDocument> {
        let folder = |draft: &Self| draft.folder.as_ref().and_then(id_of);
        unless_empty(UpdateDocument {
            name: text_change(&before.name, &self.name),
            folder_id: folder(self).filter(|id| folder(before) != Some(*id)),
            note: change(text(&before.note), text(&self.note)),
            shared_with_portal: (self.shared != before.shared).then_some(self.shared),
        })
    }
}

/// The dialogs that the acts open.
#[component]
pub fn ActDialogs(acts: Acts) -> impl IntoView {
    let unsaved = use_unsaved();
    let close = Callback::new(move |()| acts.editing.set(None));
    let content = move || acts.editing.get().map(|id| view! { <Existing id acts close/> });
    let pending = RwSignal::new(false);
    let purge = move || {
        if let Some(document) = acts.purging.get_untracked().filter(|_| !pending.get_untracked()) {
            acts.purge(document, pending);
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || acts.editing.with(Option::is_some))
            on_close=move || unsaved.guard(close)
            title=t(d::EDIT_TITLE)
            attr:data-testid="document-dialog"
        >
            {content}
        </Dialog>
        <Confirm
            open=Signal::derive(move || acts.purging.with(Option::is_some))
            title=t(d::PURGE_TITLE)
            detail=t(d::PURGE_DETAIL)
            confirm_label=t(d::PURGE)
            danger=true
            pending
            on_confirm=purge
            on_cancel=move || acts.purging.set(None)
            attr:data-testid="confirm-purge"
        />
    }
}

/// Reads it first: lists know no version of it.
#[component]
fn Existing(id: DocumentId, acts: Acts, close: Callback<()>) -> impl IntoView {
    let client = use_client();
    let found =
        use_query(move || id, move |id| async move { api::documents::get(client, id).await });
    move || match found.get() {
        Remote::Loading => view! { <Skeleton kind=SkeletonKind::Form count=3/> }.into_any(),
        Remote::Failed(error) => {
            view! { <ErrorState error on_retry=move || found.reload()/> }.into_any()
        }
        Remote::Ready(stored) => view! { <DocumentForm stored acts close/> }.into_any(),
    }
}

#[component]
fn DocumentForm(stored: Tagged<Document>, acts: Acts, close: Callback<()>) -> impl IntoView {
    let (client, toasts, unsaved) = (use_client(), use_toasts(), use_unsaved());
    let Tagged { value: document, etag } = stored;
    let id = document.id;
    let before = Draft::from(&document);
    let editor = Editor::new(before.clone());
    let (errors, pending) = (editor.errors, editor.saving);
    let etag = RwSignal::new(etag);
    let save = move || {
        let Some(patch) = editor.now().to_update(&before) else { return close.run(()) };
        if !errors.check(&patch) {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let known = etag.get_untracked();
            let answer = api::documents::update(client, id, known.as_deref(), &patch).await;
            pending.try_set(false);
            match answer {
                Ok(_) => {
                    editor.settle_as_is();
                    toasts.success(t(texts::common::SAVED));
                    close.try_run(());
                    acts.changed();
                }
                Err(error) => {
                    // Somebody was faster. What is sent holds the changed fields alone, so the
                    // next try changes nothing else of theirs.
                    if error.is(ProblemCode::PreconditionFailed) {
                        etag.try_set(None);
                        acts.changed();
                    }
                    errors.show(error);
                }
            }
        });
    };
    let theirs = ClientId::of(&document.client).query().on("");
    let folders = use_query(
        move || theirs.clone(),
        move |query: String| async move { api::folders::list(client, &query).await },
    );
    let choices = Signal::derive(move || {
        folders.data().map(|page| folder_choices(&page.items)).unwrap_or_default()
    });
    view! {
        <Form errors pending on_submit=save>
            <FormProblem errors/>
            <Field label=t(d::NAME) name="name" error=errors.of("name") required=true>
                <TextInput value=part!(editor, name) autofocus=true/>
            </Field>
            <ChoiceField
                label=d::FOLDER
                name="folder_id"
                error=errors.of("folder_id")
                none=texts::common::SELECT
                choices
                value=part!(editor, folder, "folder_id")
            />
            <Field label=t(d::NOTE) name="note" error=errors.of("note")>
                <TextArea value=part!(editor, note) rows=3/>
            </Field>
            <div class="check-block">
                <Switch checked=part!(editor, shared, "shared_with_portal") label=t(d::SHARE)/>
                <p class="field-help">{t(d::SHARE_HELP)}</p>
            </div>
            <FormActions>
                <Button on_click=move || unsaved.guard(close)>{t(texts::common::CANCEL)}</Button>
                <Button kind=ButtonKind::Primary submit=true loading=pending attr:data-testid="save">
                    {t(texts::common::SAVE_CHANGES)}
                </Button>
            </FormActions>
        </Form>
    }
}
