//! One role: what it is called and what it allows.

use super::page::role_name;
use super::permissions::{Editing, PermissionEditor};
use super::summary::Summary;
use crate::api::{self, ApiError, Tagged, use_client};
use crate::routes::Route;
use crate::state::{
    FormErrors, Query, guard_unsaved, locale, locale_now, t, use_query, use_session, use_title,
    use_toasts,
};
use crate::ui::{
    Alert, Button, ButtonKind, ButtonLink, Card, Field, Form, FormActions, FormProblem, Icon,
    Loaded, NotFoundState, PageHeader, SkeletonKind, TextInput, Tone,
};
use ebenezer_shared::patch::Patch;
use ebenezer_shared::permission::{Action, Module, PermissionSet};
use ebenezer_shared::team::{CreateRole, RoleKey, TeamRole, UpdateRole};
use ebenezer_shared::texts;
use ebenezer_shared::texts::team_roles as r;
use leptos::prelude::*;
use leptos::task::spawn_local;
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
        let draft = Draft { name, description: String::new(), permissions };
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
        let draft = Draft::from(&stored.value);
        view! { <RoleForm stored=Some(stored) draft/> }
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

#[derive(Clone, Debug, PartialEq, Eq)]
struct Draft {
    name: String,
    description: String,
    permissions: PermissionSet,
}

impl From<&TeamRole> for Draft {
    fn from(role: &TeamRole) -> Self {
        Self {
            name: role.name.clone(),
            description: role.description.clone().unwrap_or_default(),
            permissions: role.permissions,
        }
    }
}

impl Draft {
    fn to_create(&self) -> CreateRole {
        let description = self.description.trim();
        CreateRole {
            name: self.name.trim().to_owned(),
            description: (!description.is_empty()).then(|| description.to_owned()),
            permissions: self.permissions.iter().collect(),
        }
    }

    fn to_update(&self, before: &Self) -> UpdateRole {
        let whole = self.to_create();
        let mut patch = UpdateRole::default();
        if self.name != before.name {
            patch.name = Patch::Value(whole.name);
        }
        if self.description != before.description {
            patch.description = Patch::from(whole.description);
        }
        if self.permissions != before.permissions {
            patch.permissions = Some(whole.permissions);
        }
        patch
    }
}

#[component]
fn RoleForm(stored: Option<Tagged<TeamRole>>, mut draft: Draft) -> impl IntoView {
    let (client, toasts, session) = (use_client(), use_toasts(), use_session());
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
    let (errors, pending) = (FormErrors::new(), RwSignal::new(false));
    let name = RwSignal::new(draft.name.clone());
    let description = RwSignal::new(draft.description.clone());
    let permissions = RwSignal::new(draft.permissions);
    let now = move || Draft {
        name: name.get(),
        description: description.get(),
        permissions: permissions.get(),
    };
    let before = StoredValue::new(draft);
    let dirty = Signal::derive(move || {
        !read_only && !pending.get() && before.with_value(|before| *before != now())
    });
    guard_unsaved(dirty);
    let in_use = stored.as_ref().is_some_and(|stored| stored.value.member_count > 0);
    let stored = StoredValue::new(stored);
    let submit = move || {
        let draft = untrack(now);
        if read_only || !errors.check(&draft.to_create()) {
            return;
        }
        let navigate = navigate.clone();
        pending.set(true);
        spawn_local(async move {
            match save(client, stored.get_value(), &draft, &before.get_value()).await {
                Ok(role) => {
                    toasts.success(move || {
                        if is_new {
                            r::created(locale(), &role.name)
                        } else {
                            r::saved(locale(), &role.name)
                        }
                    });
                    navigate(&Route::Roles.path(), NavigateOptions::default());
                }
                Err(error) => {
                    pending.try_set(false);
                    errors.show(error);
                }
            }
        });
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
                        <TextInput value=name disabled=read_only autofocus=is_new/>
                    </Field>
                    <Field label=t(r::DESCRIPTION) name="description" help=t(r::DESCRIPTION_HELP) error=errors.of("description")>
                        <TextInput value=description disabled=read_only/>
                    </Field>
                    </div>
                </Card>
            })}
            <Card>
                <div class="fields">
                    <Summary set=permissions modules=shown/>
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
    }
}

async fn save(
    client: api::Client,
    stored: Option<Tagged<TeamRole>>,
    draft: &Draft,
    before: &Draft,
) -> Result<TeamRole, ApiError> {
    let Some(Tagged { value: role, etag }) = stored else {
        return api::team::create_role(client, &draft.to_create()).await;
    };
    let patch = draft.to_update(before);
    api::team::update_role(client, role.id, etag.as_deref(), &patch).await
}
