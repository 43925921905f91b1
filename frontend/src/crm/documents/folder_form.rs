//! The form of a folder, in a dialog: its name and, at the top, its department.

use super::super::choice_field::{ChoiceField, kept};
use super::super::clients::ClientId;
use super::super::editor::{Editor, part};
use super::super::people::{department_choices, use_departments};
use super::super::typed::{change, id as id_of, text_change, unless_empty};
use crate::api::{self, ApiError, Client, use_client};
use crate::state::{t, use_session, use_toasts, use_unsaved};
use crate::ui::{
    Button, ButtonKind, Choice, Dialog, Field, Form, FormActions, FormProblem, TextInput,
};
use ebenezer_shared::crm::folder::{CreateFolder, Folder, UpdateFolder};
use ebenezer_shared::ids::FolderId;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts;
use ebenezer_shared::texts::documents as d;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the form is open for.
#[derive(Clone, Debug, PartialEq)]
pub enum FolderEditing {
    /// A new one in that folder, or at the top.
    New(Option<Folder>),
    Old(Folder),
}

impl FolderEditing {
    /// Whether it stands at the top, where it may have a department.
    const fn is_top(&self) -> bool {
        match self {
            Self::New(parent) => parent.is_none(),
            Self::Old(folder) => folder.parent_id.is_none(),
        }
    }

    fn draft(&self) -> Draft {
        let Self::Old(folder) = self else { return Draft::default() };
        let department = folder.department.as_ref();
        Draft {
            name: folder.name.clone(),
            department: department.map(|it| Choice::new(it.id.to_string(), it.name.clone())),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Draft {
    name: String,
    department: Option<Choice>,
}

/// The dialog.
#[component]
pub fn FolderDialog(
    whose: ClientId,
    editing: RwSignal<Option<FolderEditing>>,
    /// Gets the folder that was saved.
    on_saved: Callback<FolderId>,
) -> impl IntoView {
    let unsaved = use_unsaved();
    let close = Callback::new(move |()| editing.set(None));
    let title = move || match editing.get() {
        Some(FolderEditing::Old(_)) => d::EDIT_FOLDER,
        _ => d::NEW_FOLDER,
    };
    let content =
        move || editing.get().map(|what| view! { <FolderForm whose what close on_saved/> });
    view! {
        <Dialog
            open=Signal::derive(move || editing.with(Option::is_some))
            on_close=move || unsaved.guard(close)
            title=move || t(title())()
            attr:data-testid="folder-dialog"
        >
            {content}
        </Dialog>
    }
}

#[component]
fn FolderForm(
    whose: ClientId,
    what: FolderEditing,
    close: Callback<()>,
    on_saved: Callback<FolderId>,
) -> impl IntoView {
    let (client, toasts, unsaved, session) =
        (use_client(), use_toasts(), use_unsaved(), use_session());
    let start = what.draft();
    let editor = Editor::new(start.clone());
    let (errors, pending) = (editor.errors, editor.saving);
    let (is_top, is_new) = (what.is_top(), matches!(what, FolderEditing::New(_)));
    let save = move || {
        let now = editor.now();
        let folder = new_folder(whose, &what, &now);
        if !errors.check(&folder) {
            return;
        }
        let (what, start) = (what.clone(), start.clone());
        pending.set(true);
        spawn_local(async move {
            let answer = send(client, &what, folder, &start, &now).await;
            pending.try_set(false);
            match answer {
                Ok(id) => {
                    editor.settle_as_is();
                    toasts.success(t(texts::common::SAVED));
                    close.try_run(());
                    on_saved.try_run(id);
                }
                Err(error) => errors.show(error),
            }
        });
    };
    let may_choose = untrack(|| is_top && session.allows(Module::Departments, Action::View));
    view! {
        <Form errors pending on_submit=save>
            <FormProblem errors/>
            <Field label=t(d::NAME) name="name" error=errors.of("name") required=true>
                <TextInput value=part!(editor, name) autofocus=true/>
            </Field>
            {may_choose.then(|| view! { <DepartmentField editor/> })}
            <FormActions>
                <Button on_click=move || unsaved.guard(close)>{t(texts::common::CANCEL)}</Button>
                <Button kind=ButtonKind::Primary submit=true loading=pending attr:data-testid="save">
                    {t(if is_new { d::CREATE_FOLDER } else { texts::common::SAVE_CHANGES })}
                </Button>
            </FormActions>
        </Form>
    }
}

#[component]
fn DepartmentField(editor: Editor<Draft>) -> impl IntoView {
    let departments = use_departments();
    let choices = Signal::derive(move || {
        let kept = editor.with(|draft| kept(draft.department.as_ref()));
        department_choices(&departments.data().unwrap_or_default(), &kept)
    });
    let error = editor.errors.of("department_id");
    let value = part!(editor, department, "department_id");
    view! {
        <div>
            <ChoiceField label=d::DEPARTMENT name="department_id" error none=d::EVERY_DEPARTMENT choices value/>
            <p class="field-help">{t(d::DEPARTMENT_HELP)}</p>
        </div>
    }
}

fn new_folder(whose: ClientId, what: &FolderEditing, draft: &Draft) -> CreateFolder {
    let parent_id = match what {
        FolderEditing::New(parent) => parent.as_ref().map(|folder| folder.id),
        FolderEditing::Old(_) => None,
    };
    let top = parent_id.is_none();
    CreateFolder {
        name: draft.name.trim().to_owned(),
        parent_id,
        contact_id: whose.contact().filter(|_| top),
        corporation_id: whose.corporation().filter(|_| top),
        department_id: draft.department.as_ref().and_then(id_of),
        order: None,
    }
}

async fn send(
    client: Client,
    what: &FolderEditing,
    folder: CreateFolder,
    before: &Draft,
    now: &Draft,
) -> Result<FolderId, ApiError> {
    let FolderEditing::Old(old) = what else {
        return Ok(api::folders::create(client, &folder).await?.value.id);
    };
    let department = |draft: &Draft| draft.department.as_ref().and_then(id_of);
    let patch = unless_empty(UpdateFolder {
        name: text_change(&before.name, &now.name),
        department_id: change(department(before), department(now)),
        ..UpdateFolder::default()
    });
    match patch {
        Some(patch) => Ok(api::folders::update(client, old.id, &patch).await?.value.id),
        None => Ok(old.id),
    }
}
