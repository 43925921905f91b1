//! The parts of the form of a case.

use super::super::choice_field::{ChoiceField, kept};
use super::super::clients::clients;
use super::super::editor::{Editor, part};
use super::super::people::{department_choices, team_choices, use_departments, use_team};
use super::super::ties::people;
use super::draft::CaseDraft;
use super::words::{periods, priorities, types};
use crate::api::use_client;
use crate::state::{t, use_session};
use crate::ui::{
    Choice, DateInput, Field, FieldRow, SearchSelect, Select, Switch, TextArea, TextInput,
};
use ebenezer_shared::crm::case::CaseType;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts;
use ebenezer_shared::texts::cases as c;
use leptos::prelude::*;

type CaseEditor = Editor<CaseDraft>;

/// Whose case it is and what it is about.
#[component]
pub fn About(editor: CaseEditor) -> impl IntoView {
    let client = use_client();
    let errors = editor.errors;
    let kind = editor.part(
        "type",
        |draft| draft.kind.as_str().to_owned(),
        |draft, name: String| {
            draft.kind = name.parse().unwrap_or(CaseType::Other);
            if !draft.kind.takes(draft.period) {
                draft.period = draft.kind.usual_period();
            }
        },
    );
    let period = editor.part(
        "period",
        |draft| draft.period.as_str().to_owned(),
        |draft, name: String| draft.period = name.parse().unwrap_or(draft.period),
    );
    let of_kind = Signal::derive(move || periods(editor.with(|draft| draft.kind)));
    let is_person = Memo::new(move |_| editor.with(|draft| draft.contact().is_some()));
    let one = Signal::derive(move || {
        editor.with(|draft| draft.client.iter().map(|it| it.value.clone()).collect::<Vec<_>>())
    });
    view! {
        <div class="fields">
            <Field label=t(c::CLIENT) name="contact_id" error=errors.of("contact_id") required=true>
                <SearchSelect
                    value=part!(editor, client, "contact_id")
                    search=clients(client)
                    placeholder=t(c::SELECT_CLIENT)
                />
            </Field>
            <Show when=move || is_person.get()>
                <Field
                    label=t(c::JOINT)
                    name="joint_contact_id"
                    help=t(c::JOINT_HELP)
                    error=errors.of("joint_contact_id")
                >
                    <SearchSelect
                        value=part!(editor, joint, "joint_contact_id")
                        search=people(client)
                        hidden=one
                    />
                </Field>
            </Show>
            <FieldRow>
                <Field label=t(c::TYPE) name="type" error=errors.of("type") required=true>
                    <Select value=kind options=Signal::derive(types)/>
                </Field>
                <Field label=t(c::TAX_YEAR) name="tax_year" error=errors.of("tax_year") required=true>
                    <TextInput value=part!(editor, tax_year)/>
                </Field>
                <Field label=t(c::PERIOD) name="period" error=errors.of("period") required=true>
                    <Select value=period options=of_kind/>
                </Field>
            </FieldRow>
        </div>
    }
}

/// Until when, and who does it.
#[component]
pub fn Work(editor: CaseEditor) -> impl IntoView {
    let session = use_session();
    let errors = editor.errors;
    let (team, departments) = (use_team(), use_departments());
    let colleagues = Signal::derive(move || {
        let kept = editor.with(|draft| kept(draft.assignee.as_ref()));
        team_choices(&team.data().unwrap_or_default(), &kept)
    });
    let units = Signal::derive(move || -> Vec<Choice> {
        let kept = editor.with(|draft| kept(draft.department.as_ref()));
        department_choices(&departments.data().unwrap_or_default(), &kept)
    });
    let priority = editor.part(
        "priority",
        |draft| draft.priority.as_str().to_owned(),
        |draft, name: String| draft.priority = name.parse().unwrap_or(draft.priority),
    );
    view! {
        <div class="fields">
            <FieldRow>
                <Field label=t(c::DUE_ON) name="due_on" help=t(c::DUE_HELP) error=errors.of("due_on")>
                    <DateInput value=part!(editor, due_on)/>
                </Field>
                <Field label=t(c::PRIORITY) name="priority" error=errors.of("priority")>
                    <Select value=priority options=Signal::derive(priorities)/>
                </Field>
            </FieldRow>
            <Switch checked=part!(editor, is_extended) label=t(c::EXTENDED_HELP)/>
            <FieldRow>
                <Show when=move || session.allows(Module::Team, Action::View)>
                    <ChoiceField
                        label=c::ASSIGNEE
                        name="assignee_id"
                        error=errors.of("assignee_id")
                        none=c::NOBODY
                        choices=colleagues
                        value=part!(editor, assignee, "assignee_id")
                    />
                </Show>
                <Show when=move || session.allows(Module::Departments, Action::View)>
                    <ChoiceField
                        label=c::DEPARTMENT
                        name="department_id"
                        error=errors.of("department_id")
                        none=texts::common::NONE
                        choices=units
                        value=part!(editor, department, "department_id")
                    />
                </Show>
            </FieldRow>
            <FieldRow>
                <Field label=t(c::FEE) name="fee" error=errors.of("fee")>
                    <TextInput value=part!(editor, fee)/>
                </Field>
                <Field label=t(c::CURRENCY) name="fee.currency" error=errors.of("fee.currency")>
                    <TextInput value=part!(editor, currency, "fee.currency")/>
                </Field>
                <Field label=t(c::EXTERNAL_ID) name="external_id" error=errors.of("external_id")>
                    <TextInput value=part!(editor, external_id)/>
                </Field>
            </FieldRow>
            <Field label=t(c::NOTES) name="notes" error=errors.of("notes")>
                <TextArea value=part!(editor, notes)/>
            </Field>
        </div>
    }
}
