//! The team: members, and below them who is asked to join.

use super::changes::{AskFirst, Changes};
use super::drawer::MemberDrawer;
use super::invitations::Invitations;
use super::invite::InviteDialog;
use super::query::{self, BY_ACTIVE, BY_DEPARTMENT, BY_ROLE, FILTERS, ORDERS};
use super::rows::columns;
use crate::api::team::ListMembers;
use crate::api::{self, use_client};
use crate::crm::filters::{ListHead, UrlFilter, active, is_filtered, order_model, search_word};
use crate::crm::listing::NothingMatches;
use crate::crm::people::use_departments;
use crate::crm::trail;
use crate::routes::Route;
use crate::state::{
    Query, UrlState, locale, t, use_list_query, use_session, use_title, use_url_state,
};
use crate::ui::{
    Button, ButtonKind, ButtonLink, Card, Choice, DataTable, ErrorState, FilterBar, Icon,
    PageHeader, SearchInput,
};
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::team::{TeamMember, TeamRole};
use ebenezer_shared::texts::team as m;
use leptos::children::ViewFnOnce;
use leptos::prelude::*;

/// `/team`
#[component]
pub fn TeamPage() -> impl IntoView {
    use_title(t(m::TITLE));
    trail::arrive(Route::Team);
    let client = use_client();
    let url = use_url_state();
    let members = use_list_query(
        move || query::read(url),
        move |wanted: ListMembers| async move { api::team::members(client, &wanted).await },
    );
    let invitations =
        use_list_query(|| (), move |()| async move { api::team::invitations(client).await });
    let roles = use_list_query(|| (), move |()| async move { api::team::roles(client).await });
    let changes = Changes::new(members, invitations, RwSignal::new(None));
    let inviting = RwSignal::new(false);
    view! {
        <PageHeader title=t(m::TITLE) detail=t(m::DETAIL)>
            <ButtonLink icon=Icon::Key href=Route::Roles.path() attr:data-testid="roles">
                {t(m::ROLES_LINK)}
            </ButtonLink>
            <Invite inviting/>
        </PageHeader>
        <Filters url roles/>
        <ListHead url filters=&FILTERS orders=&ORDERS>
            <p class="list-total" role="status" data-testid="total">
                {move || members.data().map(|page| m::total(locale(), page.total))}
            </p>
        </ListHead>
        <Content changes url/>
        <Invitations changes/>
        <MemberDrawer changes roles/>
        <InviteDialog open=inviting roles invitations/>
        <AskFirst changes/>
    }
}

#[component]
fn Invite(inviting: RwSignal<bool>) -> impl IntoView {
    let session = use_session();
    view! {
        <Show when=move || session.allows(Module::Team, Action::Add)>
            <Button
                kind=ButtonKind::Primary
                icon=Icon::Plus
                on_click=move || inviting.set(true)
                attr:data-testid="invite"
            >
                {t(m::INVITE)}
            </Button>
        </Show>
    }
}

/// Roles to choose from, in the reader's language; tracked.
pub fn role_choices(roles: Query<Page<TeamRole>>) -> Vec<Choice> {
    let page = roles.data().map(|page| page.items).unwrap_or_default();
    page.into_iter().map(|role| Choice::new(role.id.to_string(), role_name(&role))).collect()
}

/// What the role is called; tracked.
pub fn role_name(role: &TeamRole) -> String {
    use ebenezer_shared::team::RoleKey;
    match role.id {
        RoleKey::BuiltIn(built_in) => built_in.label().get(locale()).to_owned(),
        RoleKey::Own(_) => role.name.clone(),
    }
}

#[component]
fn Filters(url: UrlState, roles: Query<Page<TeamRole>>) -> impl IntoView {
    let word = move || {
        view! { <SearchInput value=search_word(url) label=t(m::SEARCH) placeholder=t(m::SEARCH)/> }
    };
    let departments = use_departments();
    let department_choices = move || {
        let all = departments.data().unwrap_or_default();
        all.into_iter().map(|it| Choice::new(it.id.to_string(), it.name)).collect::<Vec<_>>()
    };
    let statuses = || Choice::texts([("true", m::ACTIVE), ("false", m::INACTIVE)]);
    view! {
        <FilterBar search=ViewFnOnce::from(word) active=active(url, &FILTERS)>
            <UrlFilter
                url
                filter=&BY_ROLE
                label=m::ROLE
                all=m::ANY_ROLE
                options=Signal::derive(move || role_choices(roles))
            />
            <UrlFilter
                url
                filter=&BY_DEPARTMENT
                label=m::DEPARTMENT
                all=m::ANY_DEPARTMENT
                options=Signal::derive(department_choices)
            />
            <UrlFilter
                url
                filter=&BY_ACTIVE
                label=m::STATUS
                all=m::ANY_STATUS
                options=Signal::derive(statuses)
            />
        </FilterBar>
    }
}

#[component]
fn Content(changes: Changes, url: UrlState) -> impl IntoView {
    let members = changes.members;
    let failed = Memo::new(move |_| members.error());
    let none = Memo::new(move |_| {
        members.data().is_some_and(|page| page.items.is_empty()) && is_filtered(url, &FILTERS)
    });
    move || {
        if let Some(error) = failed.get() {
            return view! { <ErrorState error on_retry=move || members.reload()/> }.into_any();
        }
        if none.get() {
            return view! { <NothingMatches url filters=&FILTERS/> }.into_any();
        }
        view! { <Table changes url/> }.into_any()
    }
}

#[component]
fn Table(changes: Changes, url: UrlState) -> impl IntoView {
    let members = changes.members;
    let open = Callback::new(move |id: String| {
        if let Ok(id) = id.parse() {
            changes.editing.set(Some(id));
        }
    });
    view! {
        <Card flush=true>
            <DataTable
                label=t(m::TITLE)
                columns=columns(changes)
                rows=Signal::derive(move || members.data().map(|page| page.items))
                row_id=|row: &TeamMember| row.id.to_string()
                row_version=version
                row_label=|row: &TeamMember| row.full_name.clone()
                on_open=open
                pending=Signal::derive(move || members.is_pending())
                ordering=order_model(url, &ORDERS)
            />
        </Card>
    }
}

fn version(row: &TeamMember) -> String {
    let department = row.department.as_ref().map(|it| (&it.name, &it.color));
    format!("{} {} {department:?} {:?}", row.updated_at, row.role.name, row.last_login_at)
}
