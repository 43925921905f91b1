//! The parts of the contact form, except its corporations.

use super::super::choice_field::{ChoiceField, kept};
use super::super::editor::{Editor, part};
use super::super::people::{department_choices, team_choices, use_departments, use_team};
use super::super::secret_input::SecretField;
use super::super::status::{contact_status, contact_statuses};
use super::super::tags::TagField;
use super::draft::ContactDraft;
use crate::state::{t, use_session};
use crate::ui::{Choice, DateInput, Field, FieldRow, InputKind, Select, TextArea, TextInput};
use ebenezer_shared::locale::Locale;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts;
use ebenezer_shared::texts::contacts as c;
use leptos::prelude::*;

type Contact = Editor<ContactDraft>;

/// Who it is and how to reach them.
#[component]
pub fn Identity(editor: Contact, autofocus: bool) -> impl IntoView {
    let errors = editor.errors;
    view! {
        <div class="fields">
            <FieldRow>
                <Field label=t(c::FIRST_NAME) name="first_name" error=errors.of("first_name") required=true>
                    <TextInput value=part!(editor, first_name) autofocus/>
                </Field>
                <Field label=t(c::LAST_NAME) name="last_name" error=errors.of("last_name") required=true>
                    <TextInput value=part!(editor, last_name)/>
                </Field>
            </FieldRow>
            <FieldRow>
                <Field label=t(c::EMAIL) name="email" error=errors.of("email")>
                    <TextInput value=part!(editor, email) kind=InputKind::Email/>
                </Field>
                <Field label=t(c::PHONE) name="phone" error=errors.of("phone")>
                    <TextInput value=part!(editor, phone) kind=InputKind::Phone/>
                </Field>
            </FieldRow>
        </div>
    }
}

/// What the firm does for them, and who does it.
#[component]
pub fn Service(editor: Contact) -> impl IntoView {
    let session = use_session();
    let errors = editor.errors;
    let status = editor.part(
        "status",
        |draft| draft.status.as_str().to_owned(),
        |draft, name: String| draft.status = contact_status(&name).unwrap_or_default(),
    );
    view! {
        <div class="fields">
            <FieldRow>
                <Field label=t(c::STATUS) name="status" error=errors.of("status")>
                    <Select value=status options=Signal::derive(contact_statuses)/>
                </Field>
                <Field label=t(c::CLIENT_SINCE) name="client_since" error=errors.of("client_since")>
                    <DateInput value=part!(editor, client_since)/>
                </Field>
            </FieldRow>
            <FieldRow>
                <Show when=move || session.allows(Module::Departments, Action::View)>
                    <DepartmentField editor/>
                </Show>
                <Show when=move || session.allows(Module::Team, Action::View)>
                    <OwnerField editor/>
                </Show>
                <LanguageField editor/>
            </FieldRow>
            <TagField value=part!(editor, tags, "tag_ids") error=errors.of("tag_ids")/>
        </div>
    }
}

#[component]
fn DepartmentField(editor: Contact) -> impl IntoView {
    let departments = use_departments();
    let choices = Signal::derive(move || {
        let kept = editor.with(|draft| kept(draft.department.as_ref()));
        department_choices(&departments.data().unwrap_or_default(), &kept)
    });
    let error = editor.errors.of("department_id");
    let value = part!(editor, department, "department_id");
    view! {
        <ChoiceField label=c::DEPARTMENT name="department_id" error none=texts::common::NONE choices value/>
    }
}

#[component]
fn OwnerField(editor: Contact) -> impl IntoView {
    let team = use_team();
    let choices = Signal::derive(move || {
        let kept = editor.with(|draft| kept(draft.owner.as_ref()));
        team_choices(&team.data().unwrap_or_default(), &kept)
    });
    let error = editor.errors.of("owner_id");
    let value = part!(editor, owner, "owner_id");
    view! {
        <ChoiceField label=c::OWNER name="owner_id" error none=c::NO_OWNER choices value/>
    }
}

#[component]
fn LanguageField(editor: Contact) -> impl IntoView {
    let options = Signal::derive(|| {
        Choice::texts([
            (Locale::Es.tag(), texts::languages::ES),
            (Locale::En.tag(), texts::languages::EN),
        ])
    });
    let error = editor.errors.of("preferred_language");
    view! {
        <Field label=t(c::PREFERRED_LANGUAGE) name="preferred_language" error>
            <Select value=part!(editor, preferred_language) options placeholder=t(c::NO_LANGUAGE)/>
        </Field>
    }
}

/// Date of birth and tax number.
#[component]
pub fn Confidential(editor: Contact) -> impl IntoView {
    let errors = editor.errors;
    let born = Signal::derive(move || editor.with(|draft| draft.date_of_birth.typed.is_some()));
    let typed = Signal::derive(move || editor.with(|draft| !draft.ssn.typed.trim().is_empty()));
    view! {
        <div class="fields">
            <p class="quiet">{t(texts::pii::DETAIL)}</p>
            <FieldRow>
                <SecretField
                    label=c::DATE_OF_BIRTH
                    name="date_of_birth"
                    error=errors.of("date_of_birth")
                    mask=Signal::derive(move || editor.with(|draft| draft.date_of_birth.mask.clone()))
                    clear=part!(editor, date_of_birth.clear, "date_of_birth")
                    replaced=born
                >
                    <DateInput value=part!(editor, date_of_birth.typed, "date_of_birth")/>
                </SecretField>
                <SecretField
                    label=c::SSN
                    name="ssn"
                    error=errors.of("ssn")
                    mask=Signal::derive(move || editor.with(|draft| draft.ssn.mask.clone()))
                    clear=part!(editor, ssn.clear, "ssn")
                    replaced=typed
                >
                    <TextInput
                        value=part!(editor, ssn.typed, "ssn")
                        kind=InputKind::Digits
                    />
                </SecretField>
            </FieldRow>
        </div>
    }
}

/// What fits nowhere else.
#[component]
pub fn Notes(editor: Contact) -> impl IntoView {
    let errors = editor.errors;
    view! {
        <div class="fields">
            <Field label=t(c::NOTES) name="notes" error=errors.of("notes")>
                <TextArea value=part!(editor, notes)/>
            </Field>
            <FieldRow>
                <Field
                    label=t(c::EXTERNAL_ID)
                    name="external_id"
                    help=t(c::EXTERNAL_ID_HELP)
                    error=errors.of("external_id")
                >
                    <TextInput value=part!(editor, external_id)/>
                </Field>
            </FieldRow>
        </div>
    }
}
