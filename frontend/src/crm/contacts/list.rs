//! The list of contacts (Figure 4).

use super::super::trail;
use super::delete::DeleteContact;
use super::filters::{ContactFilters, clear};
use super::query::{self, BY_NAME, ORDERING, PAGE, PAGE_SIZE};
use super::row::{Chosen, columns, full_name};
use crate::api::contacts::ListContacts;
use crate::api::{self, use_client};
use crate::crm::total::Total;
use crate::routes::Route;
use crate::state::url_state::Step;
use crate::state::{Query, UrlState, t, use_list_query, use_session, use_title, use_url_state};
use crate::ui::pagination::PageInfo;
use crate::ui::{
    Button, ButtonKind, ButtonLink, Card, DataTable, EmptyState, ErrorState, Icon, Model,
    PageHeader, Pagination,
};
use ebenezer_shared::crm::contact::ContactSummary;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::texts;
use ebenezer_shared::texts::contacts as c;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

type Contacts = Query<Page<ContactSummary>>;

/// `/contacts`
#[component]
pub fn ContactsPage() -> impl IntoView {
    use_title(t(c::TITLE));
    trail::arrive(Route::Contacts);
    let (session, client) = (use_session(), use_client());
    let url = use_url_state();
    let wanted = Memo::new(move |_| query::read(url));
    let contacts = use_list_query(
        move || wanted.get(),
        move |wanted: ListContacts| async move { api::contacts::list(client, &wanted).await },
    );
    remember_list();
    stay_within(contacts, url);
    let may_add = move || session.allows(Module::Contacts, Action::Add);
    let total = Signal::derive(move || contacts.data().map(|page| PageInfo::from(&page)));
    view! {
        <PageHeader title=t(c::TITLE)>
            <Show when=may_add>
                <ButtonLink
                    kind=ButtonKind::Primary
                    icon=Icon::Plus
                    href=Route::NewContact.path()
                    attr:data-testid="new-contact"
                >
                    {t(c::NEW)}
                </ButtonLink>
            </Show>
        </PageHeader>
        <ContactFilters url/>
        <Total info=total count=c::total capped=c::total_capped/>
        <Content contacts wanted url/>
    }
}

/// The table, or why there is none.
#[component]
fn Content(contacts: Contacts, wanted: Memo<ListContacts>, url: UrlState) -> impl IntoView {
    let empty = Memo::new(move |_| {
        let none = contacts.data().is_some_and(|page| page.items.is_empty() && page.total == 0);
        none.then(|| wanted.with(query::is_filtered))
    });
    let failed = Memo::new(move |_| contacts.error());
    move || {
        if let Some(error) = failed.get() {
            return view! { <ErrorState error on_retry=move || contacts.reload()/> }.into_any();
        }
        match empty.get() {
            Some(true) => view! { <NothingMatches url/> }.into_any(),
            Some(false) => view! { <FirstUse/> }.into_any(),
            None => view! { <Table contacts url/> }.into_any(),
        }
    }
}

#[component]
fn Table(contacts: Contacts, url: UrlState) -> impl IntoView {
    let deleting = RwSignal::new(None::<Chosen>);
    let rows = Signal::derive(move || contacts.data().map(|page| page.items));
    let info = Signal::derive(move || {
        contacts.data().map(|page| PageInfo::from(&page)).unwrap_or_default()
    });
    let ordering = Model::new(
        Signal::derive(move || url.get(ORDERING).unwrap_or_else(|| BY_NAME.to_owned())),
        move |ordering: String| {
            let ordering = if ordering == BY_NAME { String::new() } else { ordering };
            url.set_filter(&[(ORDERING, ordering)], Step::New);
        },
    );
    // The row goes at once; should the server refuse, the list is as it says again.
    let take_out = move |(id, _): Chosen| {
        contacts.update(|page| {
            page.items.retain(|row| row.id != id);
            page.total = page.total.saturating_sub(1);
        });
    };
    view! {
        <Card flush=true>
            <DataTable
                label=t(c::TITLE)
                columns=columns(Callback::new(move |chosen| deleting.set(Some(chosen))))
                rows
                row_id=|row| row.id.to_string()
                row_version=|row| row.updated_at.to_string()
                row_label=full_name
                row_href=|row| Route::Contact(row.id).path()
                pending=Signal::derive(move || contacts.is_pending())
                ordering
            />
            <Pagination
                info
                on_page=Callback::new(move |page: u64| {
                    let page = if page > 1 { page.to_string() } else { String::new() };
                    url.set(&[(PAGE, page)], Step::New);
                    scroll_up();
                })
                on_page_size=Callback::new(move |size: u64| {
                    url.set_filter(&[(PAGE_SIZE, size.to_string())], Step::New);
                })
            />
        </Card>
        <DeleteContact
            chosen=deleting
            on_start=take_out
            on_done=move || contacts.reload()
            on_failed=move |_| contacts.reload()
        />
    }
}

#[component]
fn FirstUse() -> impl IntoView {
    let session = use_session();
    view! {
        <div data-testid="empty">
            <EmptyState icon=Icon::People title=t(c::EMPTY) detail=t(c::EMPTY_DETAIL)>
                <Show when=move || session.allows(Module::Contacts, Action::Add)>
                    <ButtonLink kind=ButtonKind::Primary icon=Icon::Plus href=Route::NewContact.path()>
                        {t(c::NEW)}
                    </ButtonLink>
                </Show>
            </EmptyState>
        </div>
    }
}

#[component]
fn NothingMatches(url: UrlState) -> impl IntoView {
    view! {
        <div data-testid="no-matches">
            <EmptyState title=t(c::NO_MATCHES) detail=t(c::NO_MATCHES_DETAIL)>
                <Button on_click=move || clear(url) attr:data-testid="clear-filters">
                    {t(texts::common::CLEAR_FILTERS)}
                </Button>
            </EmptyState>
        </div>
    }
}

/// The way back from a contact leads to the list as it was.
fn remember_list() {
    let location = use_location();
    Effect::new(move || {
        if location.pathname.get() == Route::Contacts.path() {
            trail::remember_list(Route::Contacts, &location.query.get().to_query_string());
        }
    });
}

/// A page behind the last one, of an old link or after deleting, leads to the last one.
fn stay_within(contacts: Contacts, url: UrlState) {
    Effect::new(move || {
        let Some(page) = contacts.data() else { return };
        if page.items.is_empty() && page.total > 0 && page.page > 1 && page.total_is_exact {
            let last = page.total.div_ceil(page.page_size.max(1));
            let last = if last > 1 { last.to_string() } else { String::new() };
            url.set(&[(PAGE, last)], Step::Same);
        }
    });
}

/// The next page is read from its top.
pub fn scroll_up() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}
