//! The form of a task.

use super::super::about::About;
use super::super::delete::{DeleteRecord, DeleteTexts};
use super::super::form_bar::FormBar;
use super::super::record::{Record, RecordPage, Way};
use super::super::saving::{ConflictOf, Saving, say_saved};
use super::super::trail::{self, use_leave};
use super::draft::TaskDraft;
use super::sections::{What, Work};
use crate::api::{self, Client, Tagged, use_client};
use crate::routes::Route;
use crate::state::{t, use_query, use_session, use_title, use_toasts, use_url_state};
use crate::ui::{
    Button, ButtonKind, Card, Choice, Form, FormProblem, Icon, PageHeader, SkeletonKind,
};
use ebenezer_shared::crm::case::CaseRef;
use ebenezer_shared::crm::task::Task;
use ebenezer_shared::ids::TaskId;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts;
use ebenezer_shared::texts::tasks as k;
use leptos::prelude::*;

const DELETE: DeleteTexts =
    DeleteTexts { title: k::DELETE_TITLE, detail: k::DELETE_DETAIL, deleted: k::DELETED };

fn way_back() -> Way {
    Way { path: trail::list_path(Route::Tasks), label: k::BACK }
}

/// `/tasks/new`; `?contact_id=`, `?corporation_id=` or `?case_id=` names what it is about.
#[component]
pub fn NewTaskPage() -> impl IntoView {
    use_title(t(k::NEW_TITLE));
    trail::arrive(Route::NewTask);
    let (client, session) = (use_client(), use_session());
    let url = use_url_state();
    let wanted = untrack(|| About::of_url(url));
    let me = untrack(|| session.account()).map(|account| account.user);
    let me = me.map(|me| Choice::new(me.id.to_string(), me.full_name));
    let start = use_query(
        move || wanted,
        move |wanted| {
            let draft = TaskDraft { assignee: me.clone(), ..TaskDraft::default() };
            async move { Ok(about(client, draft, wanted).await) }
        },
    );
    let form = |start| view! { <TaskForm stored=None start/> };
    view! {
        <div class="narrow">
            <PageHeader
                title=t(k::NEW_TITLE)
                parent=(trail::list_path(Route::Tasks), t(k::TITLE).into())
            />
            <Record query=start back=way_back() skeleton=SkeletonKind::Form view=form/>
        </div>
    }
}

/// The draft about what the URL names. What is gone or hidden is no reason not to write a task
/// down.
async fn about(client: Client, draft: TaskDraft, wanted: Option<About>) -> TaskDraft {
    match wanted {
        Some(About::Client(wanted)) => TaskDraft { client: wanted.read(client).await, ..draft },
        Some(About::Case(id)) => {
            let found = api::cases::get(client, id).await.ok().map(|found| found.value);
            let case = found.map(|it| CaseRef {
                id: it.id,
                kind: it.kind,
                tax_year: it.tax_year,
                period: it.period,
            });
            TaskDraft { case, ..draft }
        }
        None => draft,
    }
}

/// `/tasks/:id`
#[component]
pub fn EditTaskPage() -> impl IntoView {
    let edit = |id: TaskId| view! { <EditTask id/> };
    view! { <RecordPage back=way_back() view=edit/> }
}

#[component]
fn EditTask(id: TaskId) -> impl IntoView {
    use_title(t(k::EDIT_TITLE));
    trail::arrive(Route::Task(id));
    let client = use_client();
    let task = use_query(move || id, move |id| async move { api::tasks::get(client, id).await });
    let form = |stored| view! { <TaskForm stored=Some(stored) start=TaskDraft::default()/> };
    view! {
        <div class="narrow">
            <PageHeader
                title=t(k::EDIT_TITLE)
                parent=(trail::list_path(Route::Tasks), t(k::TITLE).into())
            >
                <Delete id/>
            </PageHeader>
            <Record query=task back=way_back() skeleton=SkeletonKind::Form view=form/>
        </div>
    }
}

/// The button that deletes it, for who may.
#[component]
fn Delete(id: TaskId) -> impl IntoView {
    let (session, leave) = (use_session(), use_leave());
    let asking = RwSignal::new(false);
    view! {
        <Show when=move || session.allows(Module::Tasks, Action::Delete)>
            <Button
                kind=ButtonKind::Secondary
                icon=Icon::Trash
                on_click=move || asking.set(true)
                attr:data-testid="delete"
            >
                {t(texts::common::DELETE)}
            </Button>
        </Show>
        <DeleteRecord
            path=api::tasks::path(id)
            etag=None
            texts=DELETE
            asking
            on_done=move || leave.run(Route::Tasks)
            on_failed=|_| ()
        />
    }
}

/// The form; after saving and cancelling it leads to the list.
#[component]
fn TaskForm(
    /// None for a new one.
    stored: Option<Tagged<Task>>,
    /// What a new one begins as.
    start: TaskDraft,
) -> impl IntoView {
    let (toasts, leave) = (use_toasts(), use_leave());
    let known = stored.is_some();
    let saving = Saving::new(stored, start, move |_: Task, saved| {
        say_saved(toasts, saved, || TextProp::from(t(k::CREATED)));
        leave.run(Route::Tasks);
    });
    let editor = saving.editor;
    let (errors, pending) = (editor.errors, saving.pending());
    view! {
        <Form errors pending on_submit=move || saving.save()>
            <FormProblem errors/>
            <Card><What editor/></Card>
            <Card title=t(k::DETAILS)><Work editor known/></Card>
            <FormBar
                editor
                save=if known { texts::common::SAVE_CHANGES } else { k::CREATE }
                on_leave=move || leave.run(Route::Tasks)
            />
        </Form>
        <ConflictOf saving/>
    }
}
