//! One role: what it is called and what it allows.

use super::kept::RoleDraft;
use super::page::role_name;
use super::permissions::{Editing, PermissionEditor};
use super::summary::Summary;
use crate::api::{self, Tagged, use_client};
use crate::crm::editor::part;
use crate::crm::saving::{ConflictOf, Saved, Saving};
use crate::routes::Route;
use crate::state::{Query, locale, locale_now, t, use_query, use_session, use_title, use_toasts};
use crate::ui::{
    Alert, Button, ButtonKind, ButtonLink, Card, Field, Form, FormActions, FormProblem, Icon,
    Loaded, Model, NotFoundState, PageHeader, SkeletonKind, TextInput, Tone,
};
use ebenezer_shared::permission::{Action, Module, PermissionSet};
use ebenezer_shared::team::{RoleKey, TeamRole};
use ebenezer_shared::texts;
use ebenezer_shared::texts::team_roles as r;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

/// `/team/roles/new`, with `?from=` to begin as a copy.
#[component]
pub fn NewRolePage() -> impl IntoView {
    use_title(t(r::NEW_TITLE));
    let from = use_query_map().with_untracked(|query| query.get("from"));
    let from = from.and_then(|key| key.parse::<RoleKey>().ok());
    let client = use_client();
    let start: Query<Option<TeamRole>> = use_query(
        move || from,
        move |from| async move {
            match from {
                Some(key) => Ok(Some(api::team::get_role(client, key).await?.value)),
                None => Ok(None),
            }
        },
    );
    let form = |source: Option<TeamRole>| {
        let name = source.as_ref().map(|role| r::copy_of(locale_now(), role_name(role)));
        let permissions = source.map(|role| role.permissions).unwrap_or_default();
        let name = name.unwrap_or_default();
        let draft = RoleDraft { name, description: String::new(), permissions };
        view! { <RoleForm stored=None draft/> }
    };
    view! {
        <PageHeader title=t(r::NEW_TITLE) parent=(Route::Roles.path(), t(r::TITLE).into())/>
        <Loaded query=start skeleton=SkeletonKind::Form view=form/>
    }
}

/// `/team/roles/:key`
#[component]
pub fn RolePage() -> impl IntoView {
    let key = use_params_map().with_untracked(|params| params.get("key"));
    let Some(key) = key.and_then(|key| key.parse::<RoleKey>().ok()) else {
        return view! { <NotFoundState/> }.into_any();
    };
    let client = use_client();
    let role: Query<Tagged<TeamRole>> =
        use_query(move || key, move |key| async move { api::team::get_role(client, key).await });
    let title = move || role.data().map(|role| role_name(&role.value)).unwrap_or_default();
    use_title(title);
    let form = |stored: Tagged<TeamRole>| {
        view! { <RoleForm stored=Some(stored) draft=RoleDraft::default()/> }
    };
    view! {
        <PageHeader title=title parent=(Route::Roles.path(), t(r::TITLE).into())>
            <Duplicate key/>
        </PageHeader>
        <Loaded query=role skeleton=SkeletonKind::Form view=form/>
    }
    .into_any()
}

#[component]
fn Duplicate(key: RoleKey) -> impl IntoView {
    let session = use_session();
    let href = api::QueryString::new().with("from", key).on(&Route::NewRole.path());
    view! {
        <Show when=move || session.allows(Module::Team, Action::Add)>
            <ButtonLink icon=Icon::Copy href=href.clone() attr:data-testid="duplicate">
                {t(r::DUPLICATE)}
            </ButtonLink>
        </Show>
    }
}

#[component]
fn RoleForm(stored: Option<Tagged<TeamRole>>, mut draft: RoleDraft) -> impl IntoView {
    let (toasts, session) = (use_toasts(), use_session());
    let navigate = use_navigate();
    let tenant = session.account_now().and_then(|account| account.tenant);
    let (modules, own) =
        tenant.map(|tenant| (tenant.modules, tenant.permissions)).unwrap_or_default();
    if stored.is_none() {
        // A copy holds no more than its maker may give.
        draft.permissions = draft.permissions.iter().filter(|it| own.contains(*it)).collect();
    }
    let is_builtin = stored.as_ref().is_some_and(|stored| stored.value.is_builtin);
    let is_new = stored.is_none();
    let action = if is_new { Action::Add } else { Action::Change };
    let read_only = is_builtin || !untrack(|| session.allows(Module::Team, action));
    let in_use = stored.as_ref().is_some_and(|stored| stored.value.member_count > 0);
    let saving = Saving::new(stored, draft, move |role: TeamRole, saved| {
        let name = role.name;
        match saved {
            Saved::Created => toasts.success(move || r::created(locale(), &name)),
            Saved::Changed => toasts.success(move || r::saved(locale(), &name)),
            Saved::AsItWas => {}
        }
        navigate(&Route::Roles.path(), NavigateOptions::default());
    });
    let editor = saving.editor;
    let (errors, pending) = (editor.errors, saving.pending());
    let permissions: Model<PermissionSet> = part!(editor, permissions);
    let submit = move || {
        if !read_only {
            saving.save();
        }
    };
    let given = Signal::stored(PermissionSet::default());
    let editing = Editing { value: permissions, given, own, read_only };
    let shown = modules.clone();
    view! {
        <Form errors pending on_submit=submit>
            <FormProblem errors/>
            {is_builtin.then(|| view! { <Alert tone=Tone::Info><p>{t(r::READ_ONLY)}</p></Alert> })}
            {(in_use && !read_only).then(|| view! { <Alert tone=Tone::Info><p>{t(r::IN_USE_NOTE)}</p></Alert> })}
            {(!is_builtin).then(|| view! {
                <Card>
                    <div class="fields">
                    <Field label=t(r::NAME) name="name" error=errors.of("name") required=true>
                        <TextInput value=part!(editor, name) disabled=read_only autofocus=is_new/>
                    </Field>
                    <Field label=t(r::DESCRIPTION) name="description" help=t(r::DESCRIPTION_HELP) error=errors.of("description")>
                        <TextInput value=part!(editor, description) disabled=read_only/>
                    </Field>
                    </div>
                </Card>
            })}
            <Card>
                <div class="fields">
                    <Summary set=permissions.signal() modules=shown/>
                    <PermissionEditor editing modules=StoredValue::new(modules)/>
                </div>
            </Card>
            {(!read_only).then(|| view! {
                <FormActions>
                    <ButtonLink href=Route::Roles.path()>{t(texts::common::CANCEL)}</ButtonLink>
                    <Button kind=ButtonKind::Primary submit=true loading=pending attr:data-testid="save">
                        {t(if is_new { r::CREATE } else { texts::common::SAVE_CHANGES })}
                    </Button>
                </FormActions>
            })}
        </Form>
        <ConflictOf saving/>
    }
}
