//! The dialog that asks somebody to join.

use super::changes::failure;
use super::drawer::role_permissions;
use super::page::role_choices;
use super::permissions::{Editing, PermissionEditor};
use crate::api::{self, use_client};
use crate::crm::people::{department_choices, use_departments};
use crate::shell::language;
use crate::state::{
    FormErrors, Query, guard_unsaved, locale, t, use_session, use_toasts, use_unsaved,
};
use crate::ui::{
    Alert, Button, ButtonKind, Choice, Dialog, Field, FieldRow, Form, FormActions, FormProblem,
    InputKind, Select, TextArea, TextInput, Tone,
};
use ebenezer_shared::locale::Locale;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{PermissionSet, Role};
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::team::{CreateInvitation, Invitation, RoleKey, TeamRole};
use ebenezer_shared::texts;
use ebenezer_shared::texts::team as m;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn InviteDialog(
    open: RwSignal<bool>,
    roles: Query<Page<TeamRole>>,
    invitations: Query<Page<Invitation>>,
) -> impl IntoView {
    let unsaved = use_unsaved();
    let close = Callback::new(move |()| open.set(false));
    view! {
        <Dialog
            open
            on_close=move || unsaved.guard(close)
            title=t(m::INVITE_TITLE)
            attr:data-testid="invite-dialog"
        >
            <InviteForm close roles invitations/>
        </Dialog>
    }
}

/// Roles that the person may give: none that reach further than they do.
fn own_reach(roles: Query<Page<TeamRole>>) -> Vec<Choice> {
    let Some(tenant) = use_session().tenant() else { return Vec::new() };
    let page = roles.data().map(|page| page.items).unwrap_or_default();
    let reaches = |choice: &Choice| {
        page.iter().find(|role| role.id.to_string() == choice.value).is_some_and(|role| {
            let is_owner = role.id == RoleKey::BuiltIn(Role::Owner);
            let beyond = role.permissions.iter().any(|permission| {
                permission.module().is_none_or(|module| tenant.modules.contains(&module))
                    && !tenant.permissions.contains(permission)
            });
            !beyond && (!is_owner || tenant.role == Role::Owner.as_str())
        })
    };
    role_choices(roles).into_iter().filter(reaches).collect()
}

#[component]
fn InviteForm(
    close: Callback<()>,
    roles: Query<Page<TeamRole>>,
    invitations: Query<Page<Invitation>>,
) -> impl IntoView {
    let (client, toasts, unsaved) = (use_client(), use_toasts(), use_unsaved());
    let (errors, pending) = (FormErrors::new(), RwSignal::new(false));
    let full = RwSignal::new(None::<String>);
    let email = RwSignal::new(String::new());
    let role = RwSignal::new(Role::Member.as_str().to_owned());
    let department = RwSignal::new(String::new());
    let tenant = use_session().account_now().and_then(|account| account.tenant);
    let firms = tenant.as_ref().map(|tenant| tenant.locale).unwrap_or_default();
    let tongue = RwSignal::new(firms.tag().to_owned());
    let extra = RwSignal::new(PermissionSet::default());
    let (modules, own) =
        tenant.map(|tenant| (tenant.modules, tenant.permissions)).unwrap_or_default();
    let given = Signal::derive(move || role.with(|key| role_permissions(roles, key)));
    let editing = Editing { value: extra.into(), given, own, read_only: false };
    let message = RwSignal::new(String::new());
    let departments = use_departments();
    guard_unsaved(Signal::derive(move || !email.with(String::is_empty) && !pending.get()));
    let submit = move || {
        let Ok(chosen) = role.get_untracked().parse() else { return };
        let text = message.get_untracked();
        let body = CreateInvitation {
            email: email.get_untracked().trim().to_owned(),
            role: chosen,
            department_id: department.get_untracked().parse().ok(),
            // What the role gives is no extra, whichever was chosen before.
            extra_permissions: extra
                .get_untracked()
                .iter()
                .filter(|permission| !given.get_untracked().contains(*permission))
                .collect(),
            locale: Locale::of_tag(&tongue.get_untracked()),
            message: Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        };
        if !errors.check(&body) {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            match api::team::invite(client, &body).await {
                Ok(sent) => {
                    toasts.success(move || m::invited(locale(), &sent.email));
                    invitations.reload();
                    close.run(());
                }
                Err(error) => {
                    pending.try_set(false);
                    let plan = error.is(ProblemCode::PlanLimit).then(|| failure(&error));
                    if plan.is_some() {
                        full.try_set(plan);
                    } else {
                        errors.show(error);
                    }
                }
            }
        });
    };
    view! {
        <Form errors pending on_submit=submit>
            <p class="quiet">{t(m::INVITE_DETAIL)}</p>
            <FormProblem errors/>
            {move || full.get().map(|text| view! {
                <div role="alert"><Alert tone=Tone::Warning><p>{text}</p></Alert></div>
            })}
            <Field label=t(m::EMAIL) name="email" error=errors.of("email") required=true>
                <TextInput value=email kind=InputKind::Email autofocus=true/>
            </Field>
            <FieldRow>
                <Field label=t(m::ROLE) name="role" error=errors.of("role") required=true>
                    <Select value=role options=Signal::derive(move || own_reach(roles))/>
                </Field>
                <Field label=t(m::DEPARTMENT) name="department_id" error=errors.of("department_id")>
                    <Select
                        value=department
                        placeholder=t(m::NO_DEPARTMENT)
                        options=Signal::derive(move || {
                            department_choices(&departments.data().unwrap_or_default(), "")
                        })
                    />
                </Field>
            </FieldRow>
            <details class="member-extra">
                <summary>{t(m::EXTRA)}</summary>
                <p class="quiet">{t(m::EXTRA_HELP)}</p>
                <PermissionEditor editing modules=StoredValue::new(modules)/>
            </details>
            <Field label=t(m::MAIL_LANGUAGE) name="locale">
                <Select value=tongue options=Signal::derive(language::choices)/>
            </Field>
            <Field label=t(m::MESSAGE) name="message" help=t(m::MESSAGE_HELP) error=errors.of("message")>
                <TextArea value=message/>
            </Field>
            <FormActions>
                <Button on_click=move || unsaved.guard(close) attr:data-testid="cancel">
                    {t(texts::common::CANCEL)}
                </Button>
                <Button kind=ButtonKind::Primary submit=true loading=pending attr:data-testid="save">
                    {t(m::SEND_INVITATION)}
                </Button>
            </FormActions>
        </Form>
    }
}
