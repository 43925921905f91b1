//! The cases of a client, on the client's page.

use super::super::clients::ClientId;
use super::super::record_card::{CardTexts, RecordCard, SHOWN, may_see};
use super::super::status::StatusBadge;
use super::query::{latest_of, list_of, new_of};
use super::words::{DueDay, title};
use crate::api::{self, use_client};
use crate::routes::Route;
use crate::state::{locale, use_list_query};
use ebenezer_shared::crm::case::CaseSummary;
use ebenezer_shared::permission::Module;
use ebenezer_shared::texts::cases as c;
use leptos::prelude::*;

/// The latest ones, and the way to all and to a new one. Nothing for who may not see cases.
#[component]
pub fn CasesCard(client: ClientId) -> impl IntoView {
    may_see(Module::Cases).then(|| view! { <Latest client/> })
}

#[component]
fn Latest(client: ClientId) -> impl IntoView {
    let api = use_client();
    let page = use_list_query(
        move || latest_of(client, SHOWN),
        move |query: String| async move { api::cases::list(api, &query).await },
    );
    let texts = CardTexts {
        title: c::TITLE,
        new: c::NEW,
        none: c::NONE_YET,
        see_all: c::see_all,
        module: Module::Cases,
        names: ("cases-card", "add-case"),
        list: list_of(client),
        form: new_of(client),
    };
    let line = Callback::new(|row: CaseSummary| {
        let (kind, year, period) = (row.kind, row.tax_year, row.period);
        view! {
            <a class="plain-link" href=Route::Case(row.id).path()>
                {move || title(locale(), kind, year, period)}
            </a>
            <StatusBadge status=row.status/>
            <DueDay day=row.due_on can_be_late=row.status.can_be_late()/>
        }
        .into_any()
    });
    view! { <RecordCard texts page line/> }
}
