//! A corporation's page.

use super::super::about::About;
use super::super::address::lines;
use super::super::calendar::AppointmentsCard;
use super::super::cases::CasesCard;
use super::super::clients::ClientId;
use super::super::documents::{DocumentsCard, RequestsCard, bring_to_corporation};
use super::super::facts::{Fact, Written};
use super::super::graph::GraphCard;
use super::super::merge::may_merge;
use super::super::messages::ThreadsCard;
use super::super::news::NewsBar;
use super::super::notes::NotesCard;
use super::super::record::{Record, RecordPage};
use super::super::secret::{Secret, SecretValue};
use super::super::status::StatusBadge;
use super::super::tags::TagChips;
use super::super::tasks::TasksCard;
use super::super::timeline::TimelineCard;
use super::super::trail::{self, use_leave};
use super::delete::DeleteCorporation;
use super::form::back_to_list;
use super::people::PeopleCard;
use super::related::RelatedCompaniesCard;
use super::row::Chosen;
use super::sections::fiscal_year_end;
use crate::api::{self, ApiError, Tagged, use_client};
use crate::crm::contacts::row::{email, phone};
use crate::format;
use crate::routes::Route;
use crate::state::{Query, locale, t, use_query, use_session, use_title};
use crate::team::view_as::{ViewAsItem, may_ask};
use crate::ui::float::FloatAlign;
use crate::ui::{
    Alert, Avatar, AvatarSize, ButtonKind, ButtonLink, Card, DescriptionList, Icon, IconView, Menu,
    MenuItem, PageHeader, Tone,
};
use ebenezer_shared::crm::corporation::{Corporation, CorporationSecret};
use ebenezer_shared::crm::period::{WHOLE, share_text};
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::record::RecordType;
use ebenezer_shared::texts;
use ebenezer_shared::texts::corporations as c;
use leptos::children::ViewFnOnce;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

const LIST: ListName = ListName::Corporations;

/// `/corporations/:id`
#[component]
pub fn CorporationPage() -> impl IntoView {
    let one = |id: CorporationId| view! { <OneCorporation id/> };
    view! { <RecordPage back=back_to_list() view=one/> }
}

#[component]
fn OneCorporation(id: CorporationId) -> impl IntoView {
    trail::arrive(Route::Corporation(id));
    bring_to_corporation(id);
    let client = use_client();
    let corporation =
        use_query(move || id, move |id| async move { api::corporations::get(client, id).await });
    use_title(move || {
        let found = corporation.data();
        found.map_or_else(|| c::TITLE.get(locale()).to_owned(), |found| found.value.name)
    });
    let page = move |found| view! { <Page found query=corporation/> };
    view! {
        <NewsBar subject=RecordType::Corporation record=id.0 shown=corporation/>
        <Record query=corporation back=back_to_list() view=page/>
    }
}

#[component]
fn Page(found: Tagged<Corporation>, query: Query<Tagged<Corporation>>) -> impl IntoView {
    let Tagged { value: corporation, etag } = found;
    let session = use_session();
    let deleting = RwSignal::new(None::<Chosen>);
    let leave = use_leave();
    let record = format!("/api/corporations/{}", corporation.id);
    let id = corporation.id;
    let about = About::Client(ClientId::Corporation(id));
    let (people, former) = (corporation.contact_count, corporation.former_contact_count);
    let changed = Callback::new(move |()| query.reload());
    // Somebody changed it meanwhile: the page shows how it is now.
    let refused = move |error: ApiError| {
        if error.is(ProblemCode::PreconditionFailed) {
            query.reload();
        }
    };
    view! {
        <Header corporation=corporation.clone() deleting/>
        <OverOwned owned=corporation.owned/>
        <div class="record">
            <div class="record-main">
                <Facts corporation=corporation.clone()/>
                <Show when=move || session.allows(Module::Contacts, Action::View)>
                    <PeopleCard id counts=(people, former) on_changed=changed/>
                </Show>
                <OwnNotes notes=corporation.notes.clone()/>
                <CasesCard client=ClientId::Corporation(id)/>
                <TasksCard about/>
                <AppointmentsCard client=ClientId::Corporation(id)/>
                <NotesCard about/>
                <ThreadsCard client=ClientId::Corporation(id)/>
                <DocumentsCard/>
                <RequestsCard/>
                <GraphCard record=record.clone()/>
                <TimelineCard record/>
            </div>
            <div class="record-side">
                <TaxCard corporation=corporation.clone()/>
                <RelatedCompaniesCard id on_changed=changed/>
                <Written created=corporation.created_at updated=corporation.updated_at/>
            </div>
        </div>
        <DeleteCorporation
            chosen=deleting
            etag=etag.unwrap_or_default()
            on_done=move || leave.run(Route::Corporations)
            on_failed=refused
        />
    }
}

/// Says when owners hold more than there is.
#[component]
fn OverOwned(owned: u32) -> impl IntoView {
    (owned > u32::from(WHOLE)).then(|| {
        let title = move || texts::ties::over_owned(locale(), share_text(owned, locale()));
        view! {
            <div data-testid="over-owned">
                <Alert tone=Tone::Warning title>{t(texts::ties::OVER_OWNED_DETAIL)}</Alert>
            </div>
        }
    })
}

#[component]
fn Header(corporation: Corporation, deleting: RwSignal<Option<Chosen>>) -> impl IntoView {
    let session = use_session();
    let Corporation { id, name, legal_name, kind, status, .. } = corporation;
    let legal_name = legal_name.filter(|legal_name| *legal_name != name);
    let detail = move || {
        let kind = kind.map(|kind| kind.text().get(locale()).to_owned());
        legal_name.clone().into_iter().chain(kind).collect::<Vec<_>>().join(" · ")
    };
    let mark = {
        let name = name.clone();
        ViewFnOnce::from(move || view! { <Avatar name size=AvatarSize::Large company=true/> })
    };
    let badge = ViewFnOnce::from(move || view! { <StatusBadge status/> });
    let chosen = (id, name.clone());
    view! {
        <PageHeader
            title=name
            detail=detail
            parent=(trail::list_path(Route::Corporations), t(c::TITLE).into())
            mark
            badge
        >
            <Show when=move || session.allows(Module::Corporations, Action::Change)>
                <ButtonLink
                    icon=Icon::Edit
                    kind=ButtonKind::Primary
                    href=Route::EditCorporation(id).path()
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
    let path = Route::MergeCorporation(chosen.0).path();
    let merge = Callback::new(move |()| navigate(&path, NavigateOptions::default()));
    let id = chosen.0.0;
    let may_delete = move || session.allows(Module::Corporations, Action::Delete);
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
                    <ViewAsItem kind=RecordType::Corporation id/>
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
fn Facts(corporation: Corporation) -> impl IntoView {
    let Corporation { address, industry, external_id, phone_display, tags, .. } = corporation;
    let tags = (!tags.is_empty()).then(|| view! { <TagChips tags all=true/> });
    let has_address = !address.is_empty();
    let address = move || lines(&address, |written| format::country(locale(), written)).join("\n");
    view! {
        <Card title=t(texts::contacts::DETAILS)>
            <DescriptionList>
                <Fact label=c::PHONE>
                    {corporation.phone.map(|number| phone(Some(number), phone_display))}
                </Fact>
                <Fact label=c::EMAIL>{corporation.email.map(|address| email(Some(address)))}</Fact>
                <Fact label=c::INDUSTRY>{industry}</Fact>
                <Fact label=texts::tags::TITLE>{tags}</Fact>
                <Fact label=texts::address::TITLE>{has_address.then_some(address)}</Fact>
                <Fact label=c::EXTERNAL_ID>{external_id}</Fact>
            </DescriptionList>
        </Card>
    }
}

#[component]
fn TaxCard(corporation: Corporation) -> impl IntoView {
    let Corporation { id, ein, kind, fiscal_year_end: end, .. } = corporation;
    let secret = Secret::Corporation(id, CorporationSecret::Ein);
    let end = end.map(|end| move || fiscal_year_end(&end, locale()));
    view! {
        <Card title=t(c::TAX)>
            <DescriptionList>
                <Fact label=c::EIN>{ein.map(|mask| view! { <SecretValue secret mask/> })}</Fact>
                <Fact label=c::TYPE>{kind.map(|kind| t(kind.text()))}</Fact>
                <Fact label=c::FISCAL_YEAR_END>{end}</Fact>
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
