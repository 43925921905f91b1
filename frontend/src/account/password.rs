//! Changing one's own password.

use super::strength::StrengthMeter;
use crate::api::{self, use_client};
use crate::routes::Route;
use crate::state::{FormErrors, guard_unsaved, t, use_session, use_title, use_toasts};
use crate::ui::{
    Button, ButtonKind, ButtonLink, Card, Field, Form, FormActions, FormProblem, PageHeader,
    PasswordInput,
};
use ebenezer_shared::auth::ChangePasswordRequest;
use ebenezer_shared::texts;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// `/account/password`
#[component]
pub fn ChangePasswordPage() -> impl IntoView {
    use_title(t(texts::auth::CHANGE_TITLE));
    view! {
        <div class="narrow">
            <PageHeader title=t(texts::auth::CHANGE_TITLE) detail=t(texts::auth::CHANGE_DETAIL)/>
            <Card><ChangePasswordForm/></Card>
        </div>
    }
}

#[component]
fn ChangePasswordForm() -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let navigate = use_navigate();
    let errors = FormErrors::new();
    let pending = RwSignal::new(false);
    let current = RwSignal::new(String::new());
    let new = RwSignal::new(String::new());
    let repeated = RwSignal::new(String::new());
    let account = use_session().account_now();
    let email = account.as_ref().map(|it| it.user.email.clone());
    let own = account.map(|it| vec![it.user.full_name, it.user.email]).unwrap_or_default();
    let dirty = Signal::derive(move || !new.with(String::is_empty) && !pending.get());
    guard_unsaved(dirty);
    let submit = move || {
        let request = ChangePasswordRequest {
            current_password: current.get_untracked(),
            new_password: new.get_untracked(),
        };
        if !errors.check(&request) {
            return;
        }
        if new.get_untracked() != repeated.get_untracked() {
            errors.mark_text("repeated", texts::auth::PASSWORDS_DIFFER);
            return;
        }
        let navigate = navigate.clone();
        pending.set(true);
        spawn_local(async move {
            match api::auth::change_password(client, &request).await {
                Ok(()) => {
                    toasts.success(t(texts::auth::PASSWORD_CHANGED));
                    navigate(&Route::Home.path(), NavigateOptions::default());
                }
                Err(error) => {
                    pending.try_set(false);
                    errors.show(error);
                }
            }
        });
    };
    view! {
        <Form errors pending on_submit=submit>
            <FormProblem errors/>
            // Tells password managers whose password it is.
            <input type="text" hidden=true readonly=true autocomplete="username" value=email/>
            <Field label=t(texts::auth::CURRENT_PASSWORD) error=errors.of("current_password") required=true>
                <PasswordInput value=current autocomplete="current-password" autofocus=true/>
            </Field>
            <Field
                label=t(texts::auth::NEW_PASSWORD)
                help=t(texts::auth::PASSWORD_HELP)
                error=errors.of("new_password")
                required=true
            >
                <PasswordInput value=new autocomplete="new-password"/>
                <StrengthMeter password=new own=own/>
            </Field>
            <Field label=t(texts::auth::REPEAT_PASSWORD) error=errors.of("repeated") required=true>
                <PasswordInput value=repeated autocomplete="new-password"/>
            </Field>
            <FormActions>
                <ButtonLink href=Route::Home.path()>{t(texts::common::CANCEL)}</ButtonLink>
                <Button kind=ButtonKind::Primary submit=true loading=pending>
                    {t(texts::auth::CHANGE_TITLE)}
                </Button>
            </FormActions>
        </Form>
    }
}
