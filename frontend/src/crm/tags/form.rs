//! The form of a tag, in a dialog over the list.

use super::super::color_choice::ColorChoice;
use super::super::editor::{Editor, part};
use super::super::saving::{ConflictOf, Saved, Saving};
use super::draft::{TagDraft, color_text};
use crate::api::{self, Tagged, use_client};
use crate::state::{Remote, locale, t, use_query, use_unsaved};
use crate::ui::{
    Button, ButtonKind, Dialog, DialogSize, ErrorState, Field, FieldGroup, Form, FormActions,
    FormProblem, Model, Skeleton, SkeletonKind, TextInput,
};
use ebenezer_shared::crm::tag::{Tag, TagColor};
use ebenezer_shared::ids::TagId;
use ebenezer_shared::texts;
use ebenezer_shared::texts::tags as g;
use leptos::prelude::*;

/// What the dialog is open for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Editing {
    New,
    Old(TagId),
}

/// The dialog. What is typed is asked for before it closes.
#[component]
pub fn TagDialog(
    editing: RwSignal<Option<Editing>>,
    /// Gets what was saved.
    on_saved: Callback<(Tag, Saved)>,
) -> impl IntoView {
    let unsaved = use_unsaved();
    let close = Callback::new(move |()| editing.set(None));
    let title = move || match editing.get() {
        Some(Editing::Old(_)) => g::EDIT_TITLE.get(locale()),
        _ => g::NEW.get(locale()),
    };
    let content = move || match editing.get() {
        None => ().into_any(),
        Some(Editing::New) => view! { <TagForm stored=None close on_saved/> }.into_any(),
        Some(Editing::Old(id)) => view! { <Existing id close on_saved/> }.into_any(),
    };
    view! {
        <Dialog
            open=Signal::derive(move || editing.with(Option::is_some))
            on_close=move || unsaved.guard(close)
            title
            size=DialogSize::Small
            attr:data-testid="tag-dialog"
        >
            {content}
        </Dialog>
    }
}

/// Reads the tag first: the list knows no version of it.
#[component]
fn Existing(id: TagId, close: Callback<()>, on_saved: Callback<(Tag, Saved)>) -> impl IntoView {
    let client = use_client();
    let found = use_query(move || id, move |id| async move { api::tags::get(client, id).await });
    move || match found.get() {
        Remote::Loading => view! { <Skeleton kind=SkeletonKind::Form count=2/> }.into_any(),
        Remote::Failed(error) => {
            view! { <ErrorState error on_retry=move || found.reload()/> }.into_any()
        }
        Remote::Ready(stored) => view! { <TagForm stored=Some(stored) close on_saved/> }.into_any(),
    }
}

#[component]
fn TagForm(
    stored: Option<Tagged<Tag>>,
    close: Callback<()>,
    on_saved: Callback<(Tag, Saved)>,
) -> impl IntoView {
    let unsaved = use_unsaved();
    let saving = Saving::new(stored, TagDraft::default(), move |tag, saved| {
        close.run(());
        on_saved.run((tag, saved));
    });
    let editor = saving.editor;
    let (errors, pending) = (editor.errors, saving.pending());
    let save = if saving.is_new() { g::CREATE } else { texts::common::SAVE_CHANGES };
    view! {
        <Form errors pending on_submit=move || saving.save()>
            <FormProblem errors/>
            <Field label=t(g::NAME) name="name" error=errors.of("name") required=true>
                <TextInput value=part!(editor, name) autofocus=true/>
            </Field>
            <ColorField editor/>
            <FormActions>
                <Button on_click=move || unsaved.guard(close) attr:data-testid="cancel">
                    {t(texts::common::CANCEL)}
                </Button>
                <Button kind=ButtonKind::Primary submit=true loading=pending attr:data-testid="save">
                    {t(save)}
                </Button>
            </FormActions>
        </Form>
        <ConflictOf saving/>
    }
}

#[component]
fn ColorField(editor: Editor<TagDraft>) -> impl IntoView {
    let value: Model<TagColor> = part!(editor, color);
    let swatches = TagColor::ALL.map(|color| {
        let checked = Signal::derive(move || value.get() == color);
        view! {
            <ColorChoice
                name=color_text(color)
                color=color.as_str()
                checked
                on_pick=move || value.set(color)
            />
        }
    });
    view! {
        <FieldGroup legend=t(g::COLOR) error=editor.errors.of("color")>
            <div class="colors">{swatches.into_iter().collect_view()}</div>
        </FieldGroup>
    }
}
