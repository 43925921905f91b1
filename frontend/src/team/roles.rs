//! The list of roles.

use super::changes::failure;
use super::page::role_name;
use crate::api::{self, use_client};
use crate::routes::Route;
use crate::state::{Query, locale, t, use_list_query, use_session, use_title, use_toasts};
use crate::ui::float::FloatAlign;
use crate::ui::{
    Badge, ButtonKind, ButtonLink, Card, Column, Confirm, DataTable, ErrorState, Icon, IconView,
    Menu, MenuItem, MenuLink, PageHeader, Tone,
};
use ebenezer_shared::locale::number;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module};
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::team::{RoleKey, TeamRole};
use ebenezer_shared::texts;
use ebenezer_shared::texts::{team, team_roles as r};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// `/team/roles`
#[component]
pub fn RolesPage() -> impl IntoView {
    use_title(t(r::TITLE));
    let client = use_client();
    let list = use_list_query(|| (), move |()| async move { api::team::roles(client).await });
    let deleting = RwSignal::new(None::<TeamRole>);
    let session = use_session();
    view! {
        <PageHeader
            title=t(r::TITLE)
            detail=t(r::DETAIL)
            parent=(Route::Team.path(), t(team::TITLE).into())
        >
            <Show when=move || session.allows(Module::Team, Action::Add)>
                <ButtonLink
                    kind=ButtonKind::Primary
                    icon=Icon::Plus
                    href=Route::NewRole.path()
                    attr:data-testid="new-role"
                >
                    {t(r::NEW)}
                </ButtonLink>
            </Show>
        </PageHeader>
        <Content list deleting/>
        <Delete list deleting/>
    }
}

#[component]
fn Content(list: Query<Page<TeamRole>>, deleting: RwSignal<Option<TeamRole>>) -> impl IntoView {
    let failed = Memo::new(move |_| list.error());
    move || {
        match failed.get() {
        Some(error) => view! { <ErrorState error on_retry=move || list.reload()/> }.into_any(),
        None => view! {
            <Card flush=true>
                <DataTable
                    label=t(r::TITLE)
                    columns=columns(deleting)
                    rows=Signal::derive(move || list.data().map(|page| page.items))
                    row_id=|row: &TeamRole| row.id.to_string()
                    row_version=|row: &TeamRole| format!("{:?} {}", row.updated_at, row.member_count)
                    row_label=|row: &TeamRole| row.name.clone()
                    row_href=|row: &TeamRole| Route::Role(row.id).path()
                    pending=Signal::derive(move || list.is_pending())
                />
            </Card>
        }
        .into_any(),
    }
    }
}

/// For whom the role is, in the reader's language where it is ours; tracked.
fn description(role: &TeamRole) -> String {
    match role.id {
        RoleKey::BuiltIn(built_in) => built_in.description().get(locale()).to_owned(),
        RoleKey::Own(_) => role.description.clone().unwrap_or_default(),
    }
}

fn columns(deleting: RwSignal<Option<TeamRole>>) -> Vec<Column<TeamRole>> {
    vec![
        Column::new(t(r::NAME), |row: &TeamRole| {
            let (named, told) = (row.clone(), row.clone());
            view! {
                <span class="person">
                    <span class="person-name">{move || role_name(&named)}</span>
                    <span class="person-note role-note">{move || description(&told)}</span>
                </span>
            }
        })
        .title(),
        Column::new(t(r::KIND), |row: &TeamRole| {
            let (tone, text) =
                if row.is_builtin { (Tone::Neutral, r::BUILTIN) } else { (Tone::Info, r::OWN) };
            view! { <Badge tone plain=true>{t(text)}</Badge> }
        }),
        Column::new(t(r::MEMBERS), |row: &TeamRole| {
            let count = row.member_count;
            move || number(locale(), count)
        })
        .end(),
        Column::new(t(texts::common::ACTIONS), move |row: &TeamRole| {
            view! { <RowMenu role=row.clone() deleting/> }
        })
        .actions(),
    ]
}

#[component]
fn RowMenu(role: TeamRole, deleting: RwSignal<Option<TeamRole>>) -> impl IntoView {
    let session = use_session();
    let may = move |action| session.allows(Module::Team, action);
    let (key, is_builtin) = (role.id, role.is_builtin);
    let copy =
        StoredValue::new(api::QueryString::new().with("from", key).on(&Route::NewRole.path()));
    let label = {
        let role = role.clone();
        move || texts::common::actions_of(locale(), role_name(&role))
    };
    let delete = Callback::new(move |()| deleting.set(Some(role.clone())));
    let changes = move || !is_builtin && may(Action::Change);
    let deletes = move || !is_builtin && may(Action::Delete);
    view! {
        <Show when=move || may(Action::Add) || changes() || deletes()>
            <Menu label=label.clone() trigger=|| view! { <IconView icon=Icon::More/> } icon_only=true align=FloatAlign::End>
                <Show when=changes>
                    <MenuLink icon=Icon::Edit href=Route::Role(key).path()>{t(texts::common::EDIT)}</MenuLink>
                </Show>
                <Show when=move || may(Action::Add)>
                    <MenuLink icon=Icon::Copy href=copy.get_value()>{t(r::DUPLICATE)}</MenuLink>
                </Show>
                <Show when=deletes>
                    <MenuItem icon=Icon::Trash danger=true on_select=delete>
                        {t(texts::common::DELETE)}
                    </MenuItem>
                </Show>
            </Menu>
        </Show>
    }
}

/// Asks before a role goes; one in use stays, and it is said how many use it.
#[component]
fn Delete(list: Query<Page<TeamRole>>, deleting: RwSignal<Option<TeamRole>>) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let pending = RwSignal::new(false);
    let name = move || {
        deleting.with(|role| role.as_ref().map(|role| role.name.clone()).unwrap_or_default())
    };
    let confirm = move || {
        let Some(role) = deleting.get_untracked() else { return };
        pending.set(true);
        spawn_local(async move {
            let done = api::team::delete_role(client, role.id).await;
            pending.try_set(false);
            deleting.try_set(None);
            match done {
                Ok(()) => toasts.success(move || r::deleted(locale(), &role.name)),
                Err(error) if error.is(ProblemCode::InUse) => {
                    let used = error.problem().and_then(|problem| problem.used).unwrap_or(1);
                    toasts.error(move || r::in_use(locale(), used));
                }
                Err(error) => toasts.error(failure(&error)),
            }
            list.reload();
        });
    };
    view! {
        <Confirm
            open=Signal::derive(move || deleting.with(Option::is_some))
            title=move || r::delete_title(locale(), name())
            detail=t(r::DELETE_DETAIL)
            confirm_label=t(texts::common::DELETE)
            danger=true
            pending
            on_confirm=confirm
            on_cancel=move || deleting.set(None)
            attr:data-testid="confirm-role"
        />
    }
}
