//! A contact's page.

use super::super::about::About;
use super::super::address::lines;
use super::super::calendar::AppointmentsCard;
use super::super::cases::CasesCard;
use super::super::clients::ClientId;
use super::super::documents::{DocumentsCard, RequestsCard, bring_to_contact};
use super::super::facts::{Fact, Swatch, Written};
use super::super::graph::GraphCard;
use super::super::merge::may_merge;
use super::super::messages::ThreadsCard;
use super::super::news::NewsBar;
use super::super::notes::NotesCard;
use super::super::record::{Record, RecordPage, Way};
use super::super::secret::{Secret, SecretValue};
use super::super::status::StatusBadge;
use super::super::tags::TagChips;
use super::super::tasks::TasksCard;
use super::super::timeline::TimelineCard;
use super::super::trail::{self, use_leave};
use super::delete::DeleteContact;
use super::related::{CorporationsCard, RelatedPeopleCard};
use super::row::{Chosen, email, phone};
use crate::api::{self, ApiError, Tagged, use_client};
use crate::format;
use crate::routes::Route;
use crate::state::{Query, locale, t, use_query, use_session, use_title};
use crate::team::view_as::{ViewAsItem, may_ask};
use crate::ui::float::FloatAlign;
use crate::ui::{
    Avatar, AvatarSize, ButtonKind, ButtonLink, Card, DateView, DescriptionList, Icon, IconView,
    Menu, MenuItem, PageHeader,
};
use chrono::Datelike as _;
use ebenezer_shared::crm::contact::{Contact, ContactSecret};
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::ids::ContactId;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::record::RecordType;
use ebenezer_shared::texts;
use ebenezer_shared::texts::contacts as c;
use leptos::children::ViewFnOnce;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

const LIST: ListName = ListName::Contacts;

fn way_back() -> Way {
    Way { path: trail::list_path(Route::Contacts), label: c::BACK }
}

/// `/contacts/:id`
#[component]
pub fn ContactPage() -> impl IntoView {
    let one = |id: ContactId| view! { <OneContact id/> };
    view! { <RecordPage back=way_back() view=one/> }
}

#[component]
fn OneContact(id: ContactId) -> impl IntoView {
    trail::arrive(Route::Contact(id));
    bring_to_contact(id);
    let client = use_client();
    let contact =
        use_query(move || id, move |id| async move { api::contacts::get(client, id).await });
    use_title(move || {
        contact
            .data()
            .map_or_else(|| c::TITLE.get(locale()).to_owned(), |contact| full_name(&contact.value))
    });
    let page = move |found| view! { <Page found query=contact/> };
    view! {
        <NewsBar subject=RecordType::Contact record=id.0 shown=contact/>
        <Record query=contact back=way_back() view=page/>
    }
}

fn full_name(contact: &Contact) -> String {
    format!("{} {}", contact.first_name, contact.last_name)
}

#[component]
fn Page(found: Tagged<Contact>, query: Query<Tagged<Contact>>) -> impl IntoView {
    let Tagged { value: contact, etag } = found;
    let deleting = RwSignal::new(None::<Chosen>);
    let leave = use_leave();
    let record = format!("/api/contacts/{}", contact.id);
    let about = About::Client(ClientId::Contact(contact.id));
    // Somebody changed it meanwhile: the page shows how it is now.
    let refused = move |error: ApiError| {
        if error.is(ProblemCode::PreconditionFailed) {
            query.reload();
        }
    };
    view! {
        <Header contact=contact.clone() deleting/>
        <div class="record">
            <div class="record-main">
                <Facts contact=contact.clone()/>
                <OwnNotes notes=contact.notes.clone()/>
                <CasesCard client=ClientId::Contact(contact.id)/>
                <TasksCard about/>
                <AppointmentsCard client=ClientId::Contact(contact.id)/>
                <NotesCard about/>
                <ThreadsCard client=ClientId::Contact(contact.id)/>
                <DocumentsCard/>
                <RequestsCard/>
                <GraphCard record=record.clone()/>
                <TimelineCard record/>
            </div>
            <div class="record-side">
                <CorporationsCard contact=contact.clone() on_changed=Callback::new(move |()| query.reload())/>
                <RelatedPeopleCard id=contact.id/>
                <ConfidentialCard contact=contact.clone()/>
                <Written created=contact.created_at updated=contact.updated_at/>
            </div>
        </div>
        <DeleteContact
            chosen=deleting
            etag=etag.unwrap_or_default()
            on_done=move || leave.run(Route::Contacts)
            on_failed=refused
        />
    }
}

#[component]
fn Header(contact: Contact, deleting: RwSignal<Option<Chosen>>) -> impl IntoView {
    let session = use_session();
    let name = full_name(&contact);
    let (id, status) = (contact.id, contact.status);
    let since = contact.client_since.map(|day| day.year());
    let detail = move || since.map(|year| c::client_since_year(locale(), year)).unwrap_or_default();
    let mark = {
        let name = name.clone();
        ViewFnOnce::from(move || view! { <Avatar name size=AvatarSize::Large/> })
    };
    let badge = ViewFnOnce::from(move || view! { <StatusBadge status/> });
    let chosen = (id, name.clone());
    view! {
        <PageHeader
            title=name
            detail=detail
            parent=(trail::list_path(Route::Contacts), t(c::TITLE).into())
            mark
            badge
        >
            <Show when=move || session.allows(Module::Contacts, Action::Change)>
                <ButtonLink
                    icon=Icon::Edit
                    kind=ButtonKind::Primary
                    href=Route::EditContact(id).path()
                    attr:data-testid="edit"
                >
                    {t(texts::common::EDIT)}
                </ButtonLink>
            </Show>
            <More chosen deleting/>
        </PageHeader>
    }
}

#[component]
fn More(chosen: Chosen, deleting: RwSignal<Option<Chosen>>) -> impl IntoView {
    let session = use_session();
    let navigate = use_navigate();
    let path = Route::MergeContact(chosen.0).path();
    let merge = Callback::new(move |()| navigate(&path, NavigateOptions::default()));
    let id = chosen.0.0;
    let may_delete = move || session.allows(Module::Contacts, Action::Delete);
    let delete = Callback::new(move |()| deleting.set(Some(chosen.clone())));
    view! {
        <Show when=move || may_delete() || may_ask()>
            <div data-testid="more-actions">
                <Menu
                    label=t(texts::common::MORE_ACTIONS)
                    trigger=|| view! { <IconView icon=Icon::More/> }
                    kind=ButtonKind::Secondary
                    icon_only=true
                    align=FloatAlign::End
                >
                    <Show when=move || may_merge(session, LIST)>
                        <MenuItem icon=Icon::Merge on_select=merge>{t(texts::merge::ACTION)}</MenuItem>
                    </Show>
                    <ViewAsItem kind=RecordType::Contact id/>
                    <Show when=may_delete>
                        <MenuItem icon=Icon::Trash danger=true on_select=delete>
                            {t(texts::common::DELETE)}
                        </MenuItem>
                    </Show>
                </Menu>
            </div>
        </Show>
    }
}

#[component]
fn Facts(contact: Contact) -> impl IntoView {
    let Contact { address, department, owner, preferred_language, external_id, tags, .. } = contact;
    let has_address = !address.is_empty();
    let address = move || lines(&address, |written| format::country(locale(), written)).join("\n");
    let department = department.map(|department| {
        view! { <span class="swatched"><Swatch color=department.color/>{department.name}</span> }
    });
    let language = preferred_language.map(|language| match language {
        Locale::Es => t(texts::languages::ES),
        Locale::En => t(texts::languages::EN),
    });
    let since = contact.client_since.map(|day| view! { <DateView day=day/> });
    let tags = (!tags.is_empty()).then(|| view! { <TagChips tags all=true/> });
    view! {
        <Card title=t(c::DETAILS)>
            <DescriptionList>
                <Fact label=c::EMAIL>{contact.email.map(|address| email(Some(address)))}</Fact>
                <Fact label=c::PHONE>
                    {contact.phone.map(|number| phone(Some(number), contact.phone_display))}
                </Fact>
                <Fact label=c::CLIENT_SINCE>{since}</Fact>
                <Fact label=c::PREFERRED_LANGUAGE>{language}</Fact>
                <Fact label=c::DEPARTMENT>{department}</Fact>
                <Fact label=c::OWNER>{owner.map(|owner| owner.full_name)}</Fact>
                <Fact label=texts::tags::TITLE>{tags}</Fact>
                <Fact label=texts::address::TITLE>{has_address.then_some(address)}</Fact>
                <Fact label=c::EXTERNAL_ID>{external_id}</Fact>
            </DescriptionList>
        </Card>
    }
}

#[component]
fn OwnNotes(notes: Option<String>) -> impl IntoView {
    notes.map(|notes| {
        view! { <Card title=t(c::NOTES)><p class="notes" data-testid="notes">{notes}</p></Card> }
    })
}

#[component]
fn ConfidentialCard(contact: Contact) -> impl IntoView {
    let Contact { id, ssn, date_of_birth, .. } = contact;
    let masked = move |field, mask: Option<String>| {
        mask.map(|mask| view! { <SecretValue secret=Secret::Contact(id, field) mask/> })
    };
    view! {
        <Card title=t(c::CONFIDENTIAL)>
            <DescriptionList>
                <Fact label=c::SSN>{masked(ContactSecret::Ssn, ssn)}</Fact>
                <Fact label=c::DATE_OF_BIRTH>
                    {masked(ContactSecret::DateOfBirth, date_of_birth)}
                </Fact>
            </DescriptionList>
        </Card>
    }
}
