//! The people of a corporation, on its page.

use super::super::status::StatusBadge;
use super::super::ties::{TieDialog, TieDraft, Tied, facts, role};
use crate::api::{self, use_client};
use crate::crm::contacts::query::new_person_of;
use crate::crm::contacts::row::{email, phone};
use crate::routes::Route;
use crate::state::{locale, locale_now, t, use_list_query, use_session};
use crate::ui::pagination::PageInfo;
use crate::ui::{
    Avatar, Badge, Button, ButtonKind, ButtonLink, ButtonSize, Card, Column, DataTable, ErrorState,
    Icon, IconButton, Pagination,
};
use ebenezer_shared::crm::corporation::CorporationContact;
use ebenezer_shared::crm::link::LinkRole;
use ebenezer_shared::crm::period::Period;
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::pagination::DEFAULT_PAGE_SIZE;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts;
use ebenezer_shared::texts::{contacts, corporations as c, ties};
use leptos::children::ViewFnOnce;
use leptos::prelude::*;

/// Who belongs to it, and for whom it is the primary one.
#[component]
pub fn PeopleCard(
    id: CorporationId,
    /// How many there are, and how many there were.
    counts: (u64, u64),
    on_changed: Callback<()>,
) -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let editing = RwSignal::new(None::<(Tied, TieDraft)>);
    let may_change = untrack(|| session.allows(Module::Contacts, Action::Change));
    // Where nobody is left, those who were are what there is to see.
    let former = RwSignal::new(counts.0 == 0 && counts.1 > 0);
    let (page, size) = (RwSignal::new(1), RwSignal::new(DEFAULT_PAGE_SIZE));
    let people = use_list_query(
        move || (former.get(), page.get(), size.get()),
        move |(former, page, size)| async move {
            api::corporations::contacts(client, id, former, page, size).await
        },
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
                columns=columns(may_change.then_some(Callback::new(move |row: CorporationContact| {
                    editing.set(Some(opened(id, &row)));
                })))
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
                actions=ViewFnOnce::from(move || view! {
                    <div class="card-actions">
                        <FormerToggle former page count=counts.1/>
                        <AddPerson id/>
                    </div>
                })
                flush=true
            >
                {content}
            </Card>
        </div>
        <TieDialog editing on_saved=on_changed/>
    }
}

fn full_name(row: &CorporationContact) -> String {
    format!("{} {}", row.first_name, row.last_name)
}

/// Shows those who were instead of those who are, where there are any.
#[component]
fn FormerToggle(former: RwSignal<bool>, page: RwSignal<u64>, count: u64) -> impl IntoView {
    let toggle = move || {
        page.set(1);
        former.update(|former| *former = !*former);
    };
    let label = move || {
        if former.get() {
            ties::CURRENT_PEOPLE.get(locale()).to_owned()
        } else {
            ties::former_people(locale(), count)
        }
    };
    (count > 0).then(|| {
        view! {
            <Button
                size=ButtonSize::Small
                kind=ButtonKind::Ghost
                on_click=toggle
                attr:data-testid="former-people"
            >
                {label}
            </Button>
        }
    })
}

/// The form's beginning for one of the company's people.
fn opened(id: CorporationId, row: &CorporationContact) -> (Tied, TieDraft) {
    let kind = row.role.map(LinkRole::as_str).unwrap_or_default();
    let period = Period { from: row.from, to: row.to };
    let draft = TieDraft::new(locale_now(), kind, row.share, period, None);
    let tied = Tied::Link {
        contact: row.id,
        company: id,
        person: full_name(row),
        name: texts::corporations::THIS_ONE.get(locale_now()).to_owned(),
        others: Vec::new(),
    };
    (tied, draft)
}

fn columns(on_edit: Option<Callback<CorporationContact>>) -> Vec<Column<CorporationContact>> {
    let mut columns = vec![
        Column::new(t(contacts::NAME), |row: &CorporationContact| {
            let name = full_name(row);
            let is_primary = row.is_primary;
            let (kind, share) = (row.role.map(role), row.share);
            let period = Period { from: row.from, to: row.to };
            view! {
                <Avatar name=name.clone()/>
                <span class="person">
                    <span class="person-name">{name}</span>
                    <span class="person-note">
                        {move || facts(locale(), kind, share, period, None)}
                    </span>
                </span>
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
    ];
    if let Some(on_edit) = on_edit {
        columns.push(
            Column::new(t(texts::common::ACTIONS), move |row: &CorporationContact| {
                let (said, row) = (full_name(row), row.clone());
                view! {
                    <IconButton
                        icon=Icon::Edit
                        label=move || ties::edit_of(locale(), &said)
                        on_click=move || on_edit.run(row.clone())
                        attr:data-testid="edit-tie"
                    />
                }
            })
            .actions(),
        );
    }
    columns
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
