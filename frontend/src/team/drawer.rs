//! A member beside the list: role, department, extra permissions.

use super::changes::Changes;
use super::kept::MemberDraft;
use super::page::role_choices;
use super::permissions::{Editing, PermissionEditor};
use super::summary::Summary;
use crate::api::{self, Tagged, use_client};
use crate::crm::editor::part;
use crate::crm::people::{department_choices, use_departments};
use crate::crm::saving::{ConflictOf, Kept as _, Saved, Saving};
use crate::state::{Query, locale, t, use_query, use_session, use_toasts, use_unsaved};
use crate::ui::{
    Alert, Button, ButtonKind, Choice, Drawer, Field, Form, FormActions, FormProblem, Loaded,
    Model, Select, SkeletonKind, Tone,
};
use ebenezer_shared::ids::UserId;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Action, Module, PermissionSet, Role};
use ebenezer_shared::team::{RoleKey, TeamMember, TeamRole};
use ebenezer_shared::texts;
use ebenezer_shared::texts::team as m;
use leptos::prelude::*;

/// The drawer. What was changed is asked for before it closes.
#[component]
pub fn MemberDrawer(changes: Changes, roles: Query<Page<TeamRole>>) -> impl IntoView {
    let unsaved = use_unsaved();
    let editing = changes.editing;
    let close = Callback::new(move |()| editing.set(None));
    let title = move || {
        let members = changes.members.data().map(|page| page.items).unwrap_or_default();
        let found = members.into_iter().find(|member| Some(member.id) == editing.get());
        found.map(|member| m::edit_title(locale(), member.full_name)).unwrap_or_default()
    };
    view! {
        <Drawer
            open=Signal::derive(move || editing.with(Option::is_some))
            on_close=move || unsaved.guard(close)
            title
        >
            {move || editing.get().map(|id| view! { <Member id changes roles close/> })}
        </Drawer>
    }
}

#[component]
fn Member(
    id: UserId,
    changes: Changes,
    roles: Query<Page<TeamRole>>,
    close: Callback<()>,
) -> impl IntoView {
    let client = use_client();
    let found = use_query(move || id, move |id| async move { api::team::get(client, id).await });
    view! {
        <div class="member-drawer" data-testid="member-drawer">
            <Loaded query=found skeleton=SkeletonKind::Form view=move |stored| {
                view! { <MemberForm stored changes roles close/> }
            }/>
        </div>
    }
}

/// All that role and grants of the roles allow.
pub(super) fn role_permissions(roles: Query<Page<TeamRole>>, key: &str) -> PermissionSet {
    if let Ok(RoleKey::BuiltIn(role)) = key.parse() {
        return role.permissions();
    }
    let page = roles.data().map(|page| page.items).unwrap_or_default();
    let found = page.into_iter().find(|role| role.id.to_string() == key);
    found.map(|role| role.permissions).unwrap_or_default()
}

/// What may be changed of the member, and what stands in the way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Everything,
    DepartmentOnly(ebenezer_shared::locale::Text),
    Nothing,
}

fn reach(member: &TeamMember, roles: Query<Page<TeamRole>>) -> Reach {
    let session = use_session();
    let Some(account) = session.account_now() else { return Reach::Nothing };
    let Some(tenant) = account.tenant else { return Reach::Nothing };
    if !untrack(|| session.allows(Module::Team, Action::Change)) {
        return Reach::Nothing;
    }
    if account.user.id == member.id {
        return Reach::DepartmentOnly(m::OWN_HELP);
    }
    let theirs = untrack(|| role_permissions(roles, &member.role.key.to_string()))
        .union(member.extra_permissions);
    let is_owner = member.role.key == RoleKey::BuiltIn(Role::Owner);
    let outranks = is_owner && tenant.role != Role::Owner.as_str();
    let beyond = theirs.iter().any(|permission| {
        permission.module().is_none_or(|module| tenant.modules.contains(&module))
            && !tenant.permissions.contains(permission)
    });
    if outranks || beyond { Reach::DepartmentOnly(m::POWERFUL_HELP) } else { Reach::Everything }
}

#[component]
fn MemberForm(
    stored: Tagged<TeamMember>,
    changes: Changes,
    roles: Query<Page<TeamRole>>,
    close: Callback<()>,
) -> impl IntoView {
    let (unsaved, toasts) = (use_unsaved(), use_toasts());
    let reach = reach(&stored.value, roles);
    let first_department = stored.value.draft().department;
    let saving =
        Saving::new(Some(stored), MemberDraft::default(), move |member: TeamMember, saved| {
            if saved == Saved::Changed {
                toasts.success(move || m::saved(locale(), &member.full_name));
                changes.members.reload();
            }
            close.run(());
        });
    let editor = saving.editor;
    let (errors, pending) = (editor.errors, saving.pending());
    let departments = use_departments();
    let tenant = use_session().account_now().and_then(|account| account.tenant);
    let (modules, own) =
        tenant.map(|tenant| (tenant.modules, tenant.permissions)).unwrap_or_default();
    let role_options = Signal::derive(move || role_choices(roles));
    let department_options = Signal::derive(move || {
        department_choices(&departments.data().unwrap_or_default(), &first_department)
    });
    // Their names go along, for the comparison with what somebody else saved.
    let role = Model::new(part!(editor, role).signal(), move |key: String| {
        let name = label_of(role_options, &key);
        editor.update(|draft| (draft.role, draft.role_name) = (key, name));
    });
    let department = Model::new(part!(editor, department).signal(), move |id: String| {
        let name = label_of(department_options, &id);
        editor.update(|draft| (draft.department, draft.department_name) = (id, name));
    });
    let extra: Model<PermissionSet> = part!(editor, extra, "extra_permissions");
    let given = Signal::derive(move || role.with(|key| role_permissions(roles, key)));
    let read_only = reach != Reach::Everything;
    let note = match reach {
        Reach::DepartmentOnly(text) => Some(text),
        Reach::Everything | Reach::Nothing => None,
    };
    let editing = Editing { value: extra, given, own, read_only };
    let together = Signal::derive(move || given.get().union(extra.get()));
    let shown = modules.clone();
    view! {
        <Form errors pending on_submit=move || saving.save()>
            <FormProblem errors/>
            {note.map(|text| view! { <Alert tone=Tone::Info><p>{t(text)}</p></Alert> })}
            <Field label=t(m::ROLE) name="role" help=t(m::ROLE_HELP) error=errors.of("role")>
                <Select value=role options=role_options disabled=read_only/>
            </Field>
            <Field label=t(m::DEPARTMENT) name="department_id" error=errors.of("department_id")>
                <Select
                    value=department
                    placeholder=t(m::NO_DEPARTMENT)
                    options=department_options
                    disabled=reach == Reach::Nothing
                />
            </Field>
            <Summary set=together modules=shown/>
            <details class="member-extra">
                <summary>{t(m::EXTRA)}</summary>
                <p class="quiet">{t(m::EXTRA_HELP)}</p>
                <PermissionEditor editing modules=StoredValue::new(modules)/>
            </details>
            <FormActions>
                <Button on_click=move || unsaved.guard(close) attr:data-testid="cancel">
                    {t(texts::common::CANCEL)}
                </Button>
                {(reach != Reach::Nothing).then(|| view! {
                    <Button kind=ButtonKind::Primary submit=true loading=pending attr:data-testid="save">
                        {t(texts::common::SAVE_CHANGES)}
                    </Button>
                })}
            </FormActions>
        </Form>
        <ConflictOf saving/>
    }
}

fn label_of(options: Signal<Vec<Choice>>, value: &str) -> String {
    options.with_untracked(|all| {
        all.iter().find(|it| it.value == value).map(|it| it.label.clone()).unwrap_or_default()
    })
}
