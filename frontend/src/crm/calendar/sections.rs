//! The parts of the form of an appointment.

use super::super::choice_field::{ChoiceField, kept};
use super::super::clients::clients;
use super::super::editor::{Editor, part};
use super::super::people::{team_choices, use_team};
use super::draft::AppointmentDraft;
use super::words::{REMINDERS, statuses};
use crate::api::use_client;
use crate::state::{t, use_session};
use crate::ui::{
    Checkbox, Choice, DateInput, Field, FieldRow, InputKind, SearchSelect, Select, TextArea,
    TextInput,
};
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::{appointments as a, cases as c};
use leptos::prelude::*;

type AppointmentEditor = Editor<AppointmentDraft>;

/// What it is, when, and with whom.
#[component]
pub fn When(editor: AppointmentEditor) -> impl IntoView {
    let client = use_client();
    let errors = editor.errors;
    view! {
        <div class="fields">
            <Field label=t(a::WHAT) name="title" error=errors.of("title") required=true>
                <TextInput value=part!(editor, title)/>
            </Field>
            <Field label=t(a::CLIENT) name="contact_id" error=errors.of("contact_id")>
                <SearchSelect
                    value=part!(editor, client, "contact_id")
                    search=clients(client)
                    placeholder=t(c::SELECT_CLIENT)
                />
            </Field>
            <Times editor/>
        </div>
    }
}

#[component]
fn Times(editor: AppointmentEditor) -> impl IntoView {
    let errors = editor.errors;
    let day = editor.part(
        "starts_at",
        |draft| draft.day,
        |draft, day| {
            let from = draft.from.clone();
            draft.set_start(day, from);
        },
    );
    let from = editor.part(
        "starts_at",
        |draft| draft.from.clone(),
        |draft, from: String| draft.set_start(draft.day, from),
    );
    view! {
        <FieldRow>
            <Field label=t(a::STARTS_AT) name="starts_at" error=errors.of("starts_at") required=true>
                <DateInput value=day/>
            </Field>
            <Field label=t(a::FROM) name="from" required=true>
                <TextInput value=from kind=InputKind::Time/>
            </Field>
        </FieldRow>
        <FieldRow>
            <Field label=t(a::ENDS_AT) name="ends_at" error=errors.of("ends_at") required=true>
                <DateInput value=part!(editor, last_day, "ends_at")/>
            </Field>
            <Field label=t(a::TO) name="to" required=true>
                <TextInput value=part!(editor, to, "ends_at") kind=InputKind::Time/>
            </Field>
        </FieldRow>
    }
}

/// Who, where, and what is told to whom.
#[component]
pub fn Details(
    editor: AppointmentEditor,
    /// Of a known one, which has a status to change.
    known: bool,
) -> impl IntoView {
    let (session, team) = (use_session(), use_team());
    let errors = editor.errors;
    let colleagues = Signal::derive(move || {
        let kept = editor.with(|draft| kept(draft.staff.as_ref()));
        team_choices(&team.data().unwrap_or_default(), &kept)
    });
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
                        label=a::STAFF
                        name="staff_id"
                        error=errors.of("staff_id")
                        none=a::MYSELF
                        choices=colleagues
                        value=part!(editor, staff, "staff_id")
                    />
                </Show>
                {known.then(|| view! {
                    <Field label=t(a::STATUS) name="status" error=errors.of("status")>
                        <Select value=status options=Signal::derive(statuses)/>
                    </Field>
                })}
            </FieldRow>
            <FieldRow>
                <Field label=t(a::PLACE) name="place" error=errors.of("place")>
                    <TextInput value=part!(editor, place)/>
                </Field>
                <Field label=t(a::VIDEO_URL) name="video_url" help=t(a::VIDEO_HELP) error=errors.of("video_url")>
                    <TextInput value=part!(editor, video_url)/>
                </Field>
            </FieldRow>
            <Field label=t(a::NOTES) name="notes" error=errors.of("notes")>
                <TextArea value=part!(editor, notes)/>
            </Field>
            <FieldRow>
                <Reminder editor/>
                <Field label=t(a::EXTERNAL_ID) name="external_id" error=errors.of("external_id")>
                    <TextInput value=part!(editor, external_id)/>
                </Field>
            </FieldRow>
            <Show when=move || editor.with(|draft| draft.client.is_some())>
                <Checkbox checked=part!(editor, notify) label=t(a::NOTIFY) help=t(a::NOTIFY_HELP)/>
            </Show>
        </div>
    }
}

/// How long before; a time that the choices do not hold stays one of them.
#[component]
fn Reminder(editor: AppointmentEditor) -> impl IntoView {
    let errors = editor.errors;
    let options = Signal::derive(move || {
        let mut all = Choice::texts(REMINDERS);
        let own = editor.with(|draft| draft.reminder.clone());
        if !own.is_empty() && !all.iter().any(|it| it.value == own) {
            all.push(Choice::new(own.clone(), format!("{own} min")));
        }
        all
    });
    view! {
        <Field label=t(a::REMINDER) name="remind_minutes" error=errors.of("remind_minutes")>
            <Select
                value=part!(editor, reminder, "remind_minutes")
                options
                placeholder=t(a::reminders::NONE)
            />
        </Field>
    }
}
