//! The parts of the form of a task.

use super::super::cases::{priorities, title};
use super::super::choice_field::{ChoiceField, kept};
use super::super::clients::clients;
use super::super::editor::{Editor, part};
use super::super::people::{team_choices, use_team};
use super::draft::TaskDraft;
use super::words::{statuses, units};
use crate::api::use_client;
use crate::routes::Route;
use crate::state::{locale, t, use_session};
use crate::ui::{
    DateInput, DescriptionItem, Field, FieldRow, InputKind, SearchSelect, Select, TextArea,
    TextInput,
};
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::{cases as c, tasks as k};
use leptos::prelude::*;

type TaskEditor = Editor<TaskDraft>;

/// What is to be done, until when, and about whom.
#[component]
pub fn What(editor: TaskEditor) -> impl IntoView {
    let errors = editor.errors;
    view! {
        <div class="fields">
            <Field label=t(k::WHAT) name="title" error=errors.of("title") required=true>
                <TextInput value=part!(editor, title)/>
            </Field>
            <FieldRow>
                <Field label=t(k::DUE_DAY) name="due_at" error=errors.of("due_at")>
                    <DateInput value=part!(editor, day, "due_at")/>
                </Field>
                <Field label=t(k::DUE_TIME) name="time" help=t(k::TIME_HELP) error=errors.of("time")>
                    <TextInput value=part!(editor, time) kind=InputKind::Time/>
                </Field>
            </FieldRow>
            <Whom editor/>
            <Field label=t(k::NOTES) name="notes" error=errors.of("notes")>
                <TextArea value=part!(editor, notes)/>
            </Field>
        </div>
    }
}

/// The case that it is about, or a client to choose.
#[component]
fn Whom(editor: TaskEditor) -> impl IntoView {
    let client = use_client();
    let errors = editor.errors;
    let case = Memo::new(move |_| editor.with(|draft| draft.case.clone()));
    move || match case.get() {
        Some(case) => {
            let href = Route::Case(case.id).path();
            let name = move || title(locale(), case.kind, case.tax_year, case.period);
            view! {
                <dl class="descriptions">
                    <DescriptionItem label=t(k::CASE)>
                        <a class="plain-link" href=href>{name}</a>
                    </DescriptionItem>
                </dl>
            }
            .into_any()
        }
        None => view! {
            <Field label=t(k::CLIENT) name="contact_id" error=errors.of("contact_id")>
                <SearchSelect
                    value=part!(editor, client, "contact_id")
                    search=clients(client)
                    placeholder=t(c::SELECT_CLIENT)
                />
            </Field>
        }
        .into_any(),
    }
}

/// Who does it, how urgent it is, and whether it comes again.
#[component]
pub fn Work(
    editor: TaskEditor,
    /// Of a known one, which has a status to change.
    known: bool,
) -> impl IntoView {
    let (session, team) = (use_session(), use_team());
    let errors = editor.errors;
    let colleagues = Signal::derive(move || {
        let kept = editor.with(|draft| kept(draft.assignee.as_ref()));
        team_choices(&team.data().unwrap_or_default(), &kept)
    });
    let priority = editor.part(
        "priority",
        |draft| draft.priority.as_str().to_owned(),
        |draft, name: String| draft.priority = name.parse().unwrap_or(draft.priority),
    );
    let status = editor.part(
        "status",
        |draft| draft.status.as_str().to_owned(),
        |draft, name: String| draft.status = name.parse().unwrap_or(draft.status),
    );
    view! {
        <div class="fields">
            <FieldRow>
                <Show when=move || session.allows(Module::Team, Action::View)>
                    <ChoiceField
                        label=k::ASSIGNEE
                        name="assignee_id"
                        error=errors.of("assignee_id")
                        none=k::NOBODY
                        choices=colleagues
                        value=part!(editor, assignee, "assignee_id")
                    />
                </Show>
                <Field label=t(k::PRIORITY) name="priority" error=errors.of("priority")>
                    <Select value=priority options=Signal::derive(priorities)/>
                </Field>
                {known.then(|| view! {
                    <Field label=t(k::STATUS) name="status" error=errors.of("status")>
                        <Select value=status options=Signal::derive(statuses)/>
                    </Field>
                })}
            </FieldRow>
            <Again editor/>
            <Field label=t(k::EXTERNAL_ID) name="external_id" error=errors.of("external_id")>
                <TextInput value=part!(editor, external_id)/>
            </Field>
        </div>
    }
}

/// Whether it comes again, how often and until when.
#[component]
fn Again(editor: TaskEditor) -> impl IntoView {
    let errors = editor.errors;
    let unit = editor.part(
        "recurrence",
        |draft| draft.unit.map(|unit| unit.as_str().to_owned()).unwrap_or_default(),
        |draft, name: String| draft.unit = name.parse().ok(),
    );
    let comes = Memo::new(move |_| editor.with(|draft| draft.unit.is_some()));
    view! {
        <FieldRow>
            <Field label=t(k::RECURRENCE) name="recurrence" error=errors.of("recurrence")>
                <Select value=unit options=Signal::derive(units) placeholder=t(k::NEVER)/>
            </Field>
            <Show when=move || comes.get()>
                <Field label=t(k::EVERY) name="recurrence.every" error=errors.of("recurrence.every")>
                    <TextInput value=part!(editor, every, "recurrence.every") kind=InputKind::Number/>
                </Field>
                <Field label=t(k::UNTIL) name="until" help=t(k::UNTIL_HELP) error=errors.of("until")>
                    <DateInput value=part!(editor, until)/>
                </Field>
            </Show>
        </FieldRow>
    }
}
