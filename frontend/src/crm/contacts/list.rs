//! The list of contacts (Figure 4).

use super::super::bulk::{BulkBar, use_selection};
use super::super::export::Exported;
use super::super::filters::ListHead;
use super::super::listing::{Listed, Rows, remember_list};
use super::super::news::NewsBar;
use super::super::people::People;
use super::super::total::Total;
use super::super::trail;
use super::super::views::{ViewMenu, use_list_views};
use super::delete::DeleteContact;
use super::filters::ContactFilters;
use super::query::{self, FILTERS, ORDERS, SHAPE};
use super::row::{Chosen, columns, full_name};
use crate::api::contacts::ListContacts;
use crate::api::{self, use_client};
use crate::routes::Route;
use crate::state::{Query, t, use_list_query, use_session, use_title, use_url_state};
use crate::ui::pagination::PageInfo;
use crate::ui::{ButtonKind, ButtonLink, EmptyState, Icon, PageHeader};
use ebenezer_shared::crm::contact::ContactSummary;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::record::RecordType;
use ebenezer_shared::texts::contacts as c;
use leptos::prelude::*;

/// `/contacts`
#[component]
pub fn ContactsPage() -> impl IntoView {
    use_title(t(c::TITLE));
    trail::arrive(Route::Contacts);
    remember_list(Route::Contacts);
    let client = use_client();
    let url = use_url_state();
    let contacts = use_list_query(
        move || query::read(url),
        move |wanted: ListContacts| async move { api::contacts::list(client, &wanted).await },
    );
    let deleting = RwSignal::new(None::<Chosen>);
    let (people, lists) = (People::read(), use_list_views(url, SHAPE));
    let selection = use_selection();
    let meant = Callback::new(move |()| untrack(|| api::contacts::meant(&query::read(url))));
    let exported = Exported::new("contacts", meant, Some(lists));
    let shown = Memo::new(move |_| lists.columns());
    let rows = Rows {
        columns: columns(people, Callback::new(move |chosen| deleting.set(Some(chosen)))),
        id: |row: &ContactSummary| row.id.to_string(),
        version: |row| format!("{} {:?}", row.updated_at, row.tags),
        label: full_name,
        href: |row| Route::Contact(row.id).path(),
    };
    let info = Signal::derive(move || contacts.data().map(|page| PageInfo::from(&page)));
    view! {
        <PageHeader title=t(c::TITLE)>
            <NewContact/>
        </PageHeader>
        <ContactFilters url people/>
        <ListHead url filters=&FILTERS orders=&ORDERS lists exported>
            <ViewMenu lists all=c::ALL/>
            <Total info count=c::total capped=c::total_capped/>
        </ListHead>
        <NewsBar subject=RecordType::Contact shown=contacts/>
        <Listed page=contacts url filters=&FILTERS orders=&ORDERS label=c::TITLE rows shown selection first_use=FirstUse/>
        {selection.map(|selection| view! {
            <BulkBar
                list=SHAPE.list
                selection
                people
                info
                meant
                exported
                on_done=move || contacts.reload()
            />
        })}
        <Delete contacts deleting/>
    }
}

#[component]
fn NewContact() -> impl IntoView {
    let session = use_session();
    view! {
        <Show when=move || session.allows(Module::Contacts, Action::Add)>
            <ButtonLink
                kind=ButtonKind::Primary
                icon=Icon::Plus
                href=Route::NewContact.path()
                attr:data-testid="new-contact"
            >
                {t(c::NEW)}
            </ButtonLink>
        </Show>
    }
}

#[component]
fn FirstUse() -> impl IntoView {
    view! {
        <EmptyState icon=Icon::People title=t(c::EMPTY) detail=t(c::EMPTY_DETAIL)>
            <NewContact/>
        </EmptyState>
    }
}

/// The row goes at once; should the server refuse, the list is as it says again.
#[component]
fn Delete(
    contacts: Query<Page<ContactSummary>>,
    deleting: RwSignal<Option<Chosen>>,
) -> impl IntoView {
    let take_out = move |(id, _): Chosen| {
        contacts.update(|page| {
            page.items.retain(|row| row.id != id);
            page.total = page.total.saturating_sub(1);
        });
    };
    view! {
        <DeleteContact
            chosen=deleting
            on_start=take_out
            on_done=move || contacts.reload()
            on_failed=move |_| contacts.reload()
        />
    }
}
