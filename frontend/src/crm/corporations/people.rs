//! The people of a corporation, on its page.

use super::super::status::StatusBadge;
use crate::api::{self, use_client};
use crate::crm::contacts::query::new_person_of;
use crate::crm::contacts::row::{email, phone};
use crate::routes::Route;
use crate::state::{t, use_list_query, use_session};
use crate::ui::pagination::PageInfo;
use crate::ui::{
    Avatar, Badge, ButtonLink, ButtonSize, Card, Column, DataTable, ErrorState, Icon, Pagination,
};
use ebenezer_shared::crm::corporation::CorporationContact;
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::pagination::DEFAULT_PAGE_SIZE;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts::{contacts, corporations as c};
use leptos::children::ViewFnOnce;
use leptos::prelude::*;

/// Who belongs to it, and for whom it is the primary one.
#[component]
pub fn PeopleCard(id: CorporationId) -> impl IntoView {
    let client = use_client();
    let (page, size) = (RwSignal::new(1), RwSignal::new(DEFAULT_PAGE_SIZE));
    let people = use_list_query(
        move || (page.get(), size.get()),
        move |(page, size)| async move { api::corporations::contacts(client, id, page, size).await },
    );
    let empty = Memo::new(move |_| people.data().is_some_and(|page| page.total == 0));
    let error = Memo::new(move |_| people.error());
    let rows = Signal::derive(move || people.data().map(|page| page.items));
    let info =
        Signal::derive(move || people.data().map(|page| PageInfo::from(&page)).unwrap_or_default());
    let one_page = move || info.with(|info| info.total <= DEFAULT_PAGE_SIZE);
    let table = move || {
        view! {
            <DataTable
                label=t(c::PEOPLE)
                columns=columns()
                rows
                row_id=|row| row.id.to_string()
                row_version=|row| format!("{row:?}")
                row_label=full_name
                row_href=|row| Route::Contact(row.id).path()
                pending=Signal::derive(move || people.is_pending())
            />
            <Show when=move || !one_page()>
                <Pagination
                    info
                    on_page=Callback::new(move |to| page.set(to))
                    on_page_size=Callback::new(move |to| {
                        page.set(1);
                        size.set(to);
                    })
                />
            </Show>
        }
    };
    let content = move || {
        if let Some(error) = error.get() {
            return view! { <ErrorState error on_retry=move || people.reload()/> }.into_any();
        }
        if empty.get() {
            return view! { <p class="card-note">{t(c::NO_PEOPLE)}</p> }.into_any();
        }
        table().into_any()
    };
    view! {
        <div data-testid="people">
            <Card
                title=t(c::PEOPLE)
                actions=ViewFnOnce::from(move || view! { <AddPerson id/> })
                flush=true
            >
                {content}
            </Card>
        </div>
    }
}

fn full_name(row: &CorporationContact) -> String {
    format!("{} {}", row.first_name, row.last_name)
}

fn columns() -> Vec<Column<CorporationContact>> {
    vec![
        Column::new(t(contacts::NAME), |row: &CorporationContact| {
            let name = full_name(row);
            let is_primary = row.is_primary;
            view! {
                <Avatar name=name.clone()/>
                <span class="person-name">{name}</span>
                {is_primary.then(|| view! { <Badge plain=true>{t(c::IS_PRIMARY)}</Badge> })}
            }
        })
        .title(),
        Column::new(t(contacts::EMAIL_SHORT), |row: &CorporationContact| email(row.email.clone()))
            .one_line(),
        Column::new(t(contacts::PHONE), |row: &CorporationContact| {
            phone(row.phone.clone(), row.phone_display.clone())
        }),
        Column::new(t(contacts::STATUS), |row: &CorporationContact| {
            view! { <StatusBadge status=row.status/> }
        }),
    ]
}

/// Leads to the form of a new contact whose primary corporation this is.
#[component]
fn AddPerson(id: CorporationId) -> impl IntoView {
    let session = use_session();
    let href = new_person_of(id);
    view! {
        <Show when=move || session.allows(Module::Contacts, Action::Add)>
            <ButtonLink href=href.clone() icon=Icon::Plus size=ButtonSize::Small attr:data-testid="add-person">
                {t(contacts::NEW)}
            </ButtonLink>
        </Show>
    }
}
