//! The coming appointments with a client, on the client's page.

use super::super::clients::ClientId;
use super::super::record_card::{CardTexts, RecordCard, SHOWN, may_see};
use super::super::status::StatusBadge;
use super::query::new_with;
use super::words::times;
use crate::api::{self, use_client};
use crate::format;
use crate::routes::Route;
use crate::state::clock::now;
use crate::state::{locale, use_list_query};
use ebenezer_shared::crm::appointment::Appointment;
use ebenezer_shared::permission::Module;
use ebenezer_shared::texts::appointments as a;
use leptos::prelude::*;

/// The next ones. Nothing for who may not see appointments.
#[component]
pub fn AppointmentsCard(client: ClientId) -> impl IntoView {
    may_see(Module::Appointments).then(|| view! { <Next client/> })
}

#[component]
fn Next(client: ClientId) -> impl IntoView {
    let api = use_client();
    let page = use_list_query(
        move || {
            let from = untrack(now).format("%Y-%m-%dT%H:%M:%SZ");
            client
                .query()
                .with("status", "coming")
                .with("from", from)
                .with("page_size", SHOWN)
                .on("")
        },
        move |query: String| async move { api::appointments::list(api, &query).await },
    );
    let texts = CardTexts {
        title: a::UPCOMING,
        new: a::NEW,
        none: a::NONE_YET,
        see_all: a::see_all,
        module: Module::Appointments,
        names: ("appointments-card", "add-appointment"),
        list: Route::Calendar.path(),
        form: new_with(client),
    };
    let line = Callback::new(|it: Appointment| {
        let (day, times) = (format::local(it.starts_at).0, times(&it));
        view! {
            <a class="plain-link" href=Route::Appointment(it.id).path()>{it.title}</a>
            <StatusBadge status=it.status/>
            <span class="due">{move || format!("{}, {times}", format::date(locale(), day))}</span>
            <span class="quiet">{it.staff.full_name}</span>
        }
        .into_any()
    });
    view! { <RecordCard texts page line/> }
}
