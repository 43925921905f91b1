//! Email and password, and the code of the second factor where there is one.

use crate::api::ApiError;
use crate::state::{FormErrors, Toasts, locale, t, use_session, use_toasts};
use crate::ui::{
    Button, ButtonKind, ButtonSize, Field, Form, FormProblem, InputKind, PasswordInput, TextInput,
};
use ebenezer_shared::auth::LoginRequest;
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::texts;
use ebenezer_shared::texts::two_factor as f;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Password,
    /// The code that the authenticator app shows.
    App,
    /// One of the codes that were kept for this.
    Recovery,
}

/// What was typed, and how far it led.
#[derive(Clone, Copy)]
struct Login {
    step: RwSignal<Step>,
    email: RwSignal<String>,
    password: RwSignal<String>,
    code: RwSignal<String>,
    errors: FormErrors,
    pending: RwSignal<bool>,
    /// What is typed again after a refusal.
    input: NodeRef<leptos::html::Input>,
    toasts: Toasts,
}

/// Email and password, then the second factor. The lock screen uses it as well, with the
/// person's email and firm.
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
    let login = Login {
        step: RwSignal::new(Step::Password),
        email: RwSignal::new(email),
        password: RwSignal::new(String::new()),
        code: RwSignal::new(String::new()),
        errors: FormErrors::new(),
        pending: RwSignal::new(false),
        input: NodeRef::new(),
        toasts: use_toasts(),
    };
    let submit = move || {
        let request = login.request(tenant.clone());
        if !login.errors.check(&request) || login.lacks_code() {
            return;
        }
        login.pending.set(true);
        spawn_local(async move {
            let answer = session.login(&request).await;
            login.pending.try_set(false);
            match answer {
                Ok(codes_left) => login.entered(codes_left),
                Err(error) => login.refused(error),
            }
        });
    };
    view! {
        <Form errors=login.errors pending=login.pending on_submit=submit>
            <FormProblem errors=login.errors/>
            {move || match login.step.get() {
                Step::Password => {
                    let known = login.email.with_untracked(|email| !email.is_empty());
                    view! { <PasswordStep login known/> }.into_any()
                }
                step => view! { <CodeStep login step/> }.into_any(),
            }}
            <Button kind=ButtonKind::Primary size=ButtonSize::Large submit=true loading=login.pending>
                {t(texts::auth::LOG_IN)}
            </Button>
            {move || match login.step.get() {
                Step::Password => None,
                step => Some(view! { <OtherWays login step/> }),
            }}
        </Form>
    }
}

impl Login {
    fn request(self, tenant: Option<String>) -> LoginRequest {
        let code = self.code.get_untracked().trim().to_owned();
        LoginRequest {
            email: self.email.get_untracked().trim().to_owned(),
            password: self.password.get_untracked(),
            totp_code: (self.step.get_untracked() != Step::Password).then_some(code),
            tenant,
            cookie: true,
        }
    }

    fn lacks_code(self) -> bool {
        let asked = self.step.get_untracked() != Step::Password;
        let lacks = asked && self.code.with_untracked(|code| code.trim().is_empty());
        if lacks {
            self.errors.mark("totp_code", "required");
        }
        lacks
    }

    fn go_to(self, step: Step) {
        self.errors.clear();
        self.code.set(String::new());
        self.step.set(step);
    }

    /// Only from another step: fields that are made anew lose the focus.
    fn back_to_password(self) {
        if self.step.try_get_untracked().is_some_and(|step| step != Step::Password) {
            self.step.set(Step::Password);
        }
    }

    fn entered(self, codes_left: Option<u64>) {
        if let Some(left) = codes_left {
            self.toasts.info(move || f::used_recovery(locale(), left));
        }
    }

    /// What was wrong is typed again; after a broken connection it is not.
    fn refused(self, error: ApiError) {
        match error.code() {
            Some(ProblemCode::MfaRequired) => self.go_to(Step::App),
            Some(ProblemCode::MfaCodeWrong) => self.type_again(self.code, error),
            Some(ProblemCode::InvalidCredentials) => {
                self.back_to_password();
                self.type_again(self.password, error);
            }
            _ => self.errors.show(error),
        }
    }

    fn type_again(self, value: RwSignal<String>, error: ApiError) {
        value.try_set(String::new());
        self.errors.report(error);
        if let Some(Some(input)) = self.input.try_get_untracked() {
            let _ = input.focus();
        }
    }
}

#[component]
fn PasswordStep(login: Login, known: bool) -> impl IntoView {
    view! {
        <Field label=t(texts::auth::EMAIL) error=login.errors.of("email")>
            <TextInput value=login.email kind=InputKind::Email autocomplete="username" autofocus=!known/>
        </Field>
        <Field label=t(texts::auth::PASSWORD) error=login.errors.of("password")>
            <PasswordInput
                value=login.password
                autocomplete="current-password"
                autofocus=known
                node_ref=login.input
            />
        </Field>
    }
}

#[component]
fn CodeStep(login: Login, step: Step) -> impl IntoView {
    let by_app = step == Step::App;
    let (detail, label, help, kind) = if by_app {
        (f::LOGIN_DETAIL, f::CODE, f::CODE_HELP, InputKind::Digits)
    } else {
        (f::LOGIN_RECOVERY_DETAIL, f::RECOVERY_CODE, f::RECOVERY_HELP, InputKind::Text)
    };
    view! {
        <div class="code-step">
            <h2 class="code-step-title">{t(f::LOGIN_TITLE)}</h2>
            <p class="quiet">{t(detail)}</p>
        </div>
        <Field label=t(label) help=t(help) name="totp_code" error=login.errors.of("totp_code")>
            <TextInput
                value=login.code
                kind
                autocomplete=if by_app { "one-time-code" } else { "off" }
                autofocus=true
                node_ref=login.input
            />
        </Field>
    }
}

/// The other kind of code, and the way back.
#[component]
fn OtherWays(login: Login, step: Step) -> impl IntoView {
    let (other, label) = match step {
        Step::App => (Step::Recovery, f::USE_RECOVERY),
        _ => (Step::App, f::USE_APP),
    };
    let start_again = move || {
        login.password.set(String::new());
        login.go_to(Step::Password);
    };
    view! {
        <div class="code-step-other">
            <Button kind=ButtonKind::Ghost on_click=move || login.go_to(other)>{t(label)}</Button>
            <Button kind=ButtonKind::Ghost on_click=start_again>{t(f::START_AGAIN)}</Button>
        </div>
    }
}
