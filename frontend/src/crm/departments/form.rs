//! The form of a department, in a dialog over the list.

use super::super::editor::{Editor, part};
use super::super::facts::Swatch;
use super::super::saving::{ConflictOf, Saving};
use super::draft::{COLORS, DepartmentDraft};
use crate::api::{self, Tagged, use_client};
use crate::crm::saving::Saved;
use crate::state::{Remote, locale, t, use_query, use_unsaved};
use crate::ui::{
    Button, ButtonKind, Dialog, ErrorState, Field, FieldGroup, Form, FormActions, FormProblem,
    InputKind, Model, Skeleton, SkeletonKind, Switch, TextInput,
};
use ebenezer_shared::crm::department::Department;
use ebenezer_shared::ids::DepartmentId;
use ebenezer_shared::texts;
use ebenezer_shared::texts::departments as d;
use leptos::prelude::*;

/// What the dialog is open for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Editing {
    /// A new one, to stand at this place.
    New(i32),
    Old(DepartmentId),
}

/// The dialog. What is typed is asked for before it closes.
#[component]
pub fn DepartmentDialog(
    editing: RwSignal<Option<Editing>>,
    /// Gets what was saved.
    on_saved: Callback<(Department, Saved)>,
) -> impl IntoView {
    let unsaved = use_unsaved();
    let close = Callback::new(move |()| editing.set(None));
    let title = move || match editing.get() {
        Some(Editing::Old(_)) => d::EDIT_TITLE.get(locale()),
        _ => d::NEW_TITLE.get(locale()),
    };
    let content = move || match editing.get() {
        None => ().into_any(),
        Some(Editing::New(order)) => {
            let start = DepartmentDraft::at(order);
            view! { <DepartmentForm stored=None start close on_saved/> }.into_any()
        }
        Some(Editing::Old(id)) => view! { <Existing id close on_saved/> }.into_any(),
    };
    view! {
        <Dialog
            open=Signal::derive(move || editing.with(Option::is_some))
            on_close=move || unsaved.guard(close)
            title
            attr:data-testid="department-dialog"
        >
            {content}
        </Dialog>
    }
}

/// Reads the department first: the list knows no version of it.
#[component]
fn Existing(
    id: DepartmentId,
    close: Callback<()>,
    on_saved: Callback<(Department, Saved)>,
) -> impl IntoView {
    let client = use_client();
    let found =
        use_query(move || id, move |id| async move { api::departments::get(client, id).await });
    move || match found.get() {
        Remote::Loading => view! { <Skeleton kind=SkeletonKind::Form count=3/> }.into_any(),
        Remote::Failed(error) => {
            view! { <ErrorState error on_retry=move || found.reload()/> }.into_any()
        }
        Remote::Ready(stored) => view! {
            <DepartmentForm stored=Some(stored) start=DepartmentDraft::default() close on_saved/>
        }
        .into_any(),
    }
}

#[component]
fn DepartmentForm(
    stored: Option<Tagged<Department>>,
    start: DepartmentDraft,
    close: Callback<()>,
    on_saved: Callback<(Department, Saved)>,
) -> impl IntoView {
    let unsaved = use_unsaved();
    let saving = Saving::new(stored, start, move |department, saved| {
        close.run(());
        on_saved.run((department, saved));
    });
    let editor = saving.editor;
    let (errors, pending) = (editor.errors, saving.pending());
    let save = if saving.is_new() { d::CREATE } else { texts::common::SAVE_CHANGES };
    view! {
        <Form errors pending on_submit=move || saving.save()>
            <FormProblem errors/>
            <Field label=t(d::NAME) name="name" error=errors.of("name") required=true>
                <TextInput value=part!(editor, name) autofocus=true/>
            </Field>
            <Field label=t(d::CODE) name="code" help=t(d::CODE_HELP) error=errors.of("code") required=true>
                <TextInput value=part!(editor, code)/>
            </Field>
            <ColorField editor/>
            <Switch checked=part!(editor, is_active) label=t(d::ACTIVE_HELP)/>
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

/// A few colours, and any other.
#[component]
fn ColorField(editor: Editor<DepartmentDraft>) -> impl IntoView {
    let value: Model<String> = part!(editor, color);
    let swatches = COLORS.map(|(color, name)| {
        view! {
            <label class="color-choice">
                <input
                    type="radio"
                    class="visually-hidden"
                    name="color"
                    value=color
                    aria-label=t(name)
                    prop:checked=move || value.with(|value| value == color)
                    on:change=move |_| value.set(color.to_owned())
                />
                <Swatch color=color.to_owned()/>
            </label>
        }
    });
    view! {
        <FieldGroup legend=t(d::COLOR) error=editor.errors.of("color")>
            <div class="colors">
                {swatches}
                <Field label=t(d::OTHER_COLOR) name="other_color">
                    <TextInput value kind=InputKind::Color/>
                </Field>
            </div>
        </FieldGroup>
    }
}
