//! Logging in.

use super::frame::AccountFrame;
use crate::api::ApiError;
use crate::routes::Route;
use crate::state::session::Ended;
use crate::state::{FormErrors, t, use_session, use_title};
use crate::ui::{
    Alert, Button, ButtonKind, ButtonSize, Field, Form, FormProblem, InputKind, PasswordInput,
    TextInput, Tone,
};
use ebenezer_shared::auth::LoginRequest;
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use leptos::either::Either;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_query_map;

/// `/login`; who is logged in already goes where they wanted to go.
#[component]
pub fn LoginPage() -> impl IntoView {
    use_title(t(texts::auth::LOGIN_TITLE));
    let session = use_session();
    if session.account_now().is_some() {
        return Either::Left(view! { <LeaveAccountPages/> });
    }
    let ended = move || {
        session
            .ended()
            .map(|why| view! { <Alert tone=Tone::Info><p>{t(ended_text(why))}</p></Alert> })
    };
    Either::Right(view! {
        <AccountFrame title=t(texts::auth::LOGIN_TITLE) detail=t(texts::auth::LOGIN_DETAIL)>
            {ended}
            <LoginForm/>
            <p class="account-other">
                <a href=Route::ForgotPassword.path()>{t(texts::recovery::FORGOT_LINK)}</a>
            </p>
            <p class="account-other">
                {t(texts::auth::NO_ACCOUNT)} " "
                <a href=Route::Register.path()>{t(texts::auth::REGISTER_LINK)}</a>
            </p>
        </AccountFrame>
    })
}

/// Leads who is logged in on to `?next=` or to the start page.
#[component]
pub fn LeaveAccountPages() -> impl IntoView {
    let next = use_query_map().with_untracked(|query| query.get("next"));
    let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
    view! { <Redirect path=Route::after_login(next) options/> }
}

/// Why one has to log in again.
pub const fn ended_text(why: Ended) -> Text {
    match why {
        Ended::LoggedOut => texts::session::ENDED_LOGGED_OUT,
        Ended::Idle => texts::session::ENDED_IDLE,
        Ended::Expired => texts::session::ENDED_EXPIRED,
    }
}

/// Email and password. The lock screen uses it as well, with the person's email and firm.
#[component]
pub fn LoginForm(
    /// The email to begin with.
    #[prop(optional, into)]
    email: String,
    /// The firm to enter; without it the one entered last.
    #[prop(optional, into)]
    tenant: Option<String>,
) -> impl IntoView {
    let session = use_session();
    let errors = FormErrors::new();
    let pending = RwSignal::new(false);
    let known = !email.is_empty();
    let email = RwSignal::new(email);
    let password = RwSignal::new(String::new());
    let password_input = NodeRef::new();
    let submit = move || {
        let request = LoginRequest {
            email: email.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
            totp_code: None,
            tenant: tenant.clone(),
            cookie: true,
        };
        if !errors.check(&request) {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let answer = session.login(&request).await;
            pending.try_set(false);
            if let Err(error) = answer {
                refuse(errors, password, password_input, error);
            }
        });
    };
    view! {
        <Form errors pending on_submit=submit>
            <FormProblem errors/>
            <Field label=t(texts::auth::EMAIL) error=errors.of("email")>
                <TextInput value=email kind=InputKind::Email autocomplete="username" autofocus=!known/>
            </Field>
            <Field label=t(texts::auth::PASSWORD) error=errors.of("password")>
                <PasswordInput value=password autocomplete="current-password" autofocus=known node_ref=password_input/>
            </Field>
            <Button kind=ButtonKind::Primary size=ButtonSize::Large submit=true loading=pending>
                {t(texts::auth::LOG_IN)}
            </Button>
        </Form>
    }
}

/// A wrong password is typed again; after a broken connection it is not.
fn refuse(
    errors: FormErrors,
    password: RwSignal<String>,
    input: NodeRef<leptos::html::Input>,
    error: ApiError,
) {
    if error.status() != Some(401) {
        return errors.show(error);
    }
    password.try_set(String::new());
    errors.report(error);
    if let Some(Some(input)) = input.try_get_untracked() {
        let _ = input.focus();
    }
}
