//! A new password for who forgot theirs: asking for the link, and following it.

use super::frame::AccountFrame;
use super::strength::StrengthMeter;
use crate::api;
use crate::routes::Route;
use crate::state::{FormErrors, t, use_title, use_toasts};
use crate::ui::{
    Alert, Button, ButtonKind, ButtonLink, ButtonSize, Field, Form, FormProblem, InputKind,
    PasswordInput, TextInput, Tone,
};
use ebenezer_shared::auth::{ForgotPasswordRequest, ResetPasswordRequest};
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::texts;
use ebenezer_shared::texts::recovery as r;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// `/forgot-password`
#[component]
pub fn ForgotPasswordPage() -> impl IntoView {
    use_title(t(r::FORGOT_TITLE));
    let sent = RwSignal::new(false);
    view! {
        <AccountFrame title=t(r::FORGOT_TITLE) detail=t(r::FORGOT_DETAIL)>
            <Show when=move || sent.get() fallback=move || view! { <ForgotForm sent/> }>
                <div role="status"><Alert tone=Tone::Success><p>{t(r::SENT)}</p></Alert></div>
            </Show>
            <p class="account-other">
                <a href=Route::Login.path()>{t(r::BACK_TO_LOGIN)}</a>
            </p>
        </AccountFrame>
    }
}

#[component]
fn ForgotForm(sent: RwSignal<bool>) -> impl IntoView {
    let errors = FormErrors::new();
    let pending = RwSignal::new(false);
    let email = RwSignal::new(String::new());
    let submit = move || {
        let request = ForgotPasswordRequest { email: email.get_untracked().trim().to_owned() };
        if !errors.check(&request) {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let answer = api::auth::forgot_password(&request).await;
            pending.try_set(false);
            match answer {
                Ok(()) => drop(sent.try_set(true)),
                Err(error) => errors.show(error),
            }
        });
    };
    view! {
        <Form errors pending on_submit=submit>
            <FormProblem errors/>
            <Field label=t(texts::auth::EMAIL) error=errors.of("email")>
                <TextInput value=email kind=InputKind::Email autocomplete="username" autofocus=true/>
            </Field>
            <Button kind=ButtonKind::Primary size=ButtonSize::Large submit=true loading=pending>
                {t(r::SEND_LINK)}
            </Button>
        </Form>
    }
}

/// `/reset-password#<token>`
#[component]
pub fn ResetPasswordPage() -> impl IntoView {
    use_title(t(r::RESET_TITLE));
    let token = take_token(Route::ResetPassword);
    let useless = RwSignal::new(token.is_empty());
    let form = move || view! { <ResetForm token=token.clone() useless/> };
    view! {
        <AccountFrame title=t(r::RESET_TITLE) detail=t(r::RESET_DETAIL)>
            <Show when=move || useless.get() fallback=form>
                <div role="alert">
                    <Alert tone=Tone::Danger title=t(ProblemCode::LinkExpired.title())>
                        <p>{t(ProblemCode::LinkExpired.detail())} " " {t(r::NO_LINK_COMES)}</p>
                    </Alert>
                </div>
                <ButtonLink href=Route::ForgotPassword.path()>{t(r::ASK_AGAIN)}</ButtonLink>
            </Show>
            <p class="account-other">
                <a href=Route::Login.path()>{t(r::BACK_TO_LOGIN)}</a>
            </p>
        </AccountFrame>
    }
}

/// What stands behind the hash sign. It is taken out of the address, so that it stays
/// neither in the history nor on the screen.
pub fn take_token(page: Route) -> String {
    let hash = window().location().hash().unwrap_or_default();
    let token = hash.trim_start_matches('#').to_owned();
    if !token.is_empty()
        && let Ok(history) = window().history()
    {
        let path = page.path();
        let state = history.state().unwrap_or_default();
        let _ = history.replace_state_with_url(&state, "", Some(&path));
    }
    token
}

#[component]
fn ResetForm(token: String, useless: RwSignal<bool>) -> impl IntoView {
    let toasts = use_toasts();
    let navigate = use_navigate();
    let errors = FormErrors::new();
    let pending = RwSignal::new(false);
    let password = RwSignal::new(String::new());
    let repeated = RwSignal::new(String::new());
    let submit = move || {
        let request =
            ResetPasswordRequest { token: token.clone(), password: password.get_untracked() };
        if !errors.check(&request) {
            return;
        }
        if password.get_untracked() != repeated.get_untracked() {
            errors.mark_text("repeated", texts::auth::PASSWORDS_DIFFER);
            return;
        }
        let navigate = navigate.clone();
        pending.set(true);
        spawn_local(async move {
            match api::auth::reset_password(&request).await {
                Ok(()) => {
                    toasts.success(t(r::DONE));
                    navigate(&Route::Login.path(), NavigateOptions::default());
                }
                Err(error) if error.code() == Some(ProblemCode::LinkExpired) => {
                    useless.try_set(true);
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
            <Field
                label=t(texts::auth::NEW_PASSWORD)
                help=t(texts::auth::PASSWORD_HELP)
                error=errors.of("password")
                required=true
            >
                <PasswordInput value=password autocomplete="new-password" autofocus=true/>
                <StrengthMeter password own=Vec::new()/>
            </Field>
            <Field label=t(texts::auth::REPEAT_PASSWORD) error=errors.of("repeated") required=true>
                <PasswordInput value=repeated autocomplete="new-password"/>
            </Field>
            <Button kind=ButtonKind::Primary size=ButtonSize::Large submit=true loading=pending>
                {t(r::SAVE)}
            </Button>
        </Form>
    }
}
