//! The form of an appointment.

use super::super::clients::ClientId;
use super::super::delete::{DeleteRecord, DeleteTexts};
use super::super::form_bar::FormBar;
use super::super::record::{Record, RecordPage, Way};
use super::super::saving::{ConflictOf, Saving, say_saved};
use super::super::trail::{self, use_leave};
use super::draft::AppointmentDraft;
use super::moving::ConflictQuestion;
use super::query;
use super::sections::{Details, When};
use crate::api::{self, ApiError, Tagged, use_client};
use crate::format;
use crate::routes::Route;
use crate::state::clock::now;
use crate::state::{t, use_query, use_session, use_title, use_toasts, use_url_state};
use crate::ui::{
    Button, ButtonKind, Card, Choice, Form, FormProblem, Icon, PageHeader, SkeletonKind,
};
use chrono::{NaiveDateTime, NaiveTime, TimeDelta, Timelike as _};
use ebenezer_shared::crm::appointment::Appointment;
use ebenezer_shared::ids::AppointmentId;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts;
use ebenezer_shared::texts::{appointments as a, tasks as k};
use leptos::prelude::*;

const DELETE: DeleteTexts =
    DeleteTexts { title: a::DELETE_TITLE, detail: a::DELETE_DETAIL, deleted: a::DELETED };

fn way_back() -> Way {
    Way { path: trail::list_path(Route::Calendar), label: a::BACK }
}

/// The next full hour on the firm's clock.
fn soon() -> NaiveDateTime {
    let (day, time) = format::local(untrack(now));
    let hour = NaiveTime::from_hms_opt(time.hour(), 0, 0).unwrap_or_default();
    day.and_time(hour) + TimeDelta::hours(1)
}

/// `/appointments/new`; `?start=` and `?minutes=` say when, `?contact_id=` or
/// `?corporation_id=` with whom.
#[component]
pub fn NewAppointmentPage() -> impl IntoView {
    use_title(t(a::NEW));
    trail::arrive(Route::NewAppointment);
    let (client, session) = (use_client(), use_session());
    let url = use_url_state();
    let (wanted, asked) = untrack(|| (ClientId::of_url(url), query::asked(url)));
    let me = untrack(|| session.account()).map(|account| account.user);
    let me = me.map(|me| Choice::new(me.id.to_string(), me.full_name));
    let start = use_query(
        move || wanted,
        move |wanted| {
            let (from, minutes) = asked.unwrap_or_else(|| (soon(), 60));
            let draft =
                AppointmentDraft { staff: me.clone(), ..AppointmentDraft::at(from, minutes) };
            async move {
                // What is gone or hidden is no reason not to make an appointment.
                let client = match wanted {
                    Some(wanted) => wanted.read(client).await,
                    None => None,
                };
                Ok(AppointmentDraft { client, ..draft })
            }
        },
    );
    let form = |start| view! { <AppointmentForm stored=None start/> };
    view! {
        <div class="narrow">
            <PageHeader
                title=t(a::NEW)
                parent=(trail::list_path(Route::Calendar), t(a::TITLE).into())
            />
            <Record query=start back=way_back() skeleton=SkeletonKind::Form view=form/>
        </div>
    }
}

/// `/appointments/:id`
#[component]
pub fn EditAppointmentPage() -> impl IntoView {
    let edit = |id: AppointmentId| view! { <EditAppointment id/> };
    view! { <RecordPage back=way_back() view=edit/> }
}

#[component]
fn EditAppointment(id: AppointmentId) -> impl IntoView {
    use_title(t(a::EDIT_TITLE));
    trail::arrive(Route::Appointment(id));
    let client = use_client();
    let stored =
        use_query(move || id, move |id| async move { api::appointments::get(client, id).await });
    let form = |stored| {
        view! { <AppointmentForm stored=Some(stored) start=AppointmentDraft::default()/> }
    };
    view! {
        <div class="narrow">
            <PageHeader
                title=t(a::EDIT_TITLE)
                parent=(trail::list_path(Route::Calendar), t(a::TITLE).into())
            >
                <Delete id/>
            </PageHeader>
            <Record query=stored back=way_back() skeleton=SkeletonKind::Form view=form/>
        </div>
    }
}

/// The button that deletes it, for who may.
#[component]
fn Delete(id: AppointmentId) -> impl IntoView {
    let (session, leave) = (use_session(), use_leave());
    let asking = RwSignal::new(false);
    view! {
        <Show when=move || session.allows(Module::Appointments, Action::Delete)>
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
            path=api::appointments::path(id)
            etag=None
            texts=DELETE
            asking
            on_done=move || leave.run(Route::Calendar)
            on_failed=|_| ()
        />
    }
}

/// The form; after saving and cancelling it leads back to the calendar.
#[component]
fn AppointmentForm(
    /// None for a new one.
    stored: Option<Tagged<Appointment>>,
    /// What a new one begins as.
    start: AppointmentDraft,
) -> impl IntoView {
    let (toasts, leave) = (use_toasts(), use_leave());
    let known = stored.is_some();
    let call = stored.as_ref().and_then(|stored| stored.value.video_url.clone());
    let saving = Saving::new(stored, start, move |_: Appointment, saved| {
        say_saved(toasts, saved, || TextProp::from(t(a::CREATED)));
        leave.run(Route::Calendar);
    });
    let editor = saving.editor;
    let (errors, pending) = (editor.errors, saving.pending());
    let others = Signal::derive(move || {
        let problem = saving.doubtful.get();
        let problem = problem.as_ref().and_then(ApiError::problem);
        problem.map(|problem| problem.appointments.clone()).unwrap_or_default()
    });
    let insist = Callback::new(move |()| {
        editor.update(|draft| draft.insist = true);
        saving.save();
        editor.update(|draft| draft.insist = false);
    });
    let back = Callback::new(move |()| saving.doubtful.set(None));
    view! {
        <Form errors pending on_submit=move || saving.save()>
            <FormProblem errors/>
            {call.map(|href| view! {
                <a class="plain-link" href=href target="_blank" rel="noopener noreferrer">
                    {t(a::CALL)}
                </a>
            })}
            <Card><When editor/></Card>
            <Card title=t(k::DETAILS)><Details editor known/></Card>
            <FormBar
                editor
                save=if known { texts::common::SAVE_CHANGES } else { a::CREATE }
                on_leave=move || leave.run(Route::Calendar)
            />
        </Form>
        <ConflictOf saving/>
        <ConflictQuestion others pending on_insist=insist on_back=back/>
    }
}
