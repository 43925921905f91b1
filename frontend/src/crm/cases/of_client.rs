//! The cases of a client, on the client's page.

use super::super::clients::ClientId;
use super::super::status::StatusBadge;
use super::query::{latest_of, list_of, new_of};
use super::words::{DueDay, title};
use crate::api::{self, use_client};
use crate::routes::Route;
use crate::state::{locale, t, use_list_query, use_session};
use crate::ui::{ButtonLink, ButtonSize, Card, Icon, Loaded};
use ebenezer_shared::crm::case::CaseSummary;
use ebenezer_shared::ids::{ContactId, CorporationId};
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::cases as c;
use leptos::children::ViewFnOnce;
use leptos::prelude::*;

/// So many of the latest are shown.
const SHOWN: u64 = 5;

/// The latest ones, and the way to all and to a new one. Nothing for who may not see cases.
#[component]
pub fn CasesCard(
    #[prop(optional)] contact: Option<ContactId>,
    #[prop(optional)] corporation: Option<CorporationId>,
) -> impl IntoView {
    let session = use_session();
    let of = contact.map(ClientId::Contact).or(corporation.map(ClientId::Corporation));
    let may_see = untrack(|| session.allows(Module::Cases, Action::View));
    of.filter(|_| may_see).map(|client| view! { <Latest client/> })
}

#[component]
fn Latest(client: ClientId) -> impl IntoView {
    let (session, api) = (use_session(), use_client());
    let cases = use_list_query(
        move || latest_of(client, SHOWN),
        move |query: String| async move { api::cases::list(api, &query).await },
    );
    let actions = ViewFnOnce::from(move || {
        view! {
            <Show when=move || session.allows(Module::Cases, Action::Add)>
                <ButtonLink
                    icon=Icon::Plus
                    size=ButtonSize::Small
                    href=new_of(client)
                    attr:data-testid="add-case"
                >
                    {t(c::NEW)}
                </ButtonLink>
            </Show>
        }
    });
    let rows = move |page: Page<CaseSummary>| view! { <Cases client page/> };
    view! {
        <div data-testid="cases-card">
            <Card title=t(c::TITLE) actions>
                <Loaded query=cases view=rows/>
            </Card>
        </div>
    }
}

#[component]
fn Cases(client: ClientId, page: Page<CaseSummary>) -> impl IntoView {
    if page.items.is_empty() {
        return view! { <p class="quiet">{t(c::NONE_YET)}</p> }.into_any();
    }
    let (total, more) = (page.total, page.total > page.items.len() as u64);
    let rows: Vec<_> = page
        .items
        .into_iter()
        .map(|row| {
            let (kind, year, period) = (row.kind, row.tax_year, row.period);
            view! {
                <li class="record-line">
                    <a class="plain-link" href=Route::Case(row.id).path()>
                        {move || title(locale(), kind, year, period)}
                    </a>
                    <StatusBadge status=row.status/>
                    <DueDay day=row.due_on can_be_late=row.status.can_be_late()/>
                </li>
            }
        })
        .collect();
    view! {
        <ul class="record-lines">{rows}</ul>
        {more.then(|| view! {
            <a class="plain-link" href=list_of(client)>{move || c::see_all(locale(), total)}</a>
        })}
    }
    .into_any()
}
