//! Turning the second factor on: password, QR code, recovery codes.

use super::codes::CodesView;
use crate::api::{self, use_client};
use crate::clipboard::copy;
use crate::state::{FormErrors, locale, t, use_toasts};
use crate::ui::{
    Button, ButtonKind, ButtonLink, ButtonSize, Field, Form, FormActions, FormProblem, Icon,
    InputKind, PasswordInput, TextInput,
};
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use ebenezer_shared::texts::two_factor as f;
use ebenezer_shared::two_factor::{EnableTwoFactor, SetupTwoFactor, TwoFactorSetup};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(Clone, PartialEq)]
enum Step {
    Password,
    Scan(TwoFactorSetup),
    Keep(Vec<String>),
}

/// The three steps.
#[component]
pub fn Enrolment(
    /// Codes are shown, which nobody will show again.
    reading_codes: RwSignal<bool>,
    on_done: Callback<()>,
    /// None where there is no way around it.
    #[prop(optional, into)]
    on_cancel: Option<Callback<()>>,
) -> impl IntoView {
    let step = RwSignal::new(Step::Password);
    let on_setup = Callback::new(move |setup| step.set(Step::Scan(setup)));
    let on_codes = Callback::new(move |codes| {
        reading_codes.set(true);
        step.set(Step::Keep(codes));
    });
    let leave = Callback::new(move |()| {
        reading_codes.set(false);
        on_done.run(());
    });
    move || match step.get() {
        Step::Password => view! {
            <StepHead number=1 title=f::PASSWORD_TITLE/>
            <PasswordForm on_setup on_cancel/>
        }
        .into_any(),
        Step::Scan(setup) => view! {
            <StepHead number=2 title=f::SCAN_TITLE detail=f::SCAN_DETAIL/>
            <Scan setup/>
            <CodeForm on_codes on_cancel/>
        }
        .into_any(),
        Step::Keep(codes) => view! {
            <StepHead number=3 title=f::CODES_TITLE/>
            <CodesView codes on_done=leave titled=true/>
        }
        .into_any(),
    }
}

#[component]
fn StepHead(number: u64, title: Text, #[prop(optional)] detail: Option<Text>) -> impl IntoView {
    view! {
        <header class="step-head">
            <p class="quiet">{move || f::step(locale(), number)}</p>
            <h2 class="step-title">{t(title)}</h2>
            {detail.map(|detail| view! { <p class="quiet">{t(detail)}</p> })}
        </header>
    }
}

#[component]
fn PasswordForm(
    on_setup: Callback<TwoFactorSetup>,
    on_cancel: Option<Callback<()>>,
) -> impl IntoView {
    let client = use_client();
    let errors = FormErrors::new();
    let pending = RwSignal::new(false);
    let password = RwSignal::new(String::new());
    let submit = move || {
        let request = SetupTwoFactor { password: password.get_untracked() };
        if !errors.check(&request) {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let answer = api::two_factor::set_up(client, &request).await;
            pending.try_set(false);
            match answer {
                Ok(setup) => {
                    on_setup.try_run(setup);
                }
                Err(error) => errors.show(error),
            }
        });
    };
    view! {
        <Form errors pending on_submit=submit>
            <FormProblem errors/>
            <Field label=t(texts::auth::CURRENT_PASSWORD) name="password" error=errors.of("password") required=true>
                <PasswordInput value=password autocomplete="current-password" autofocus=true/>
            </Field>
            <Actions pending on_cancel label=f::CONTINUE/>
        </Form>
    }
}

/// The secret, to be scanned, opened or typed.
#[component]
fn Scan(setup: TwoFactorSetup) -> impl IntoView {
    let toasts = use_toasts();
    let picture =
        format!("data:image/svg+xml,{}", String::from(js_sys::encode_uri_component(&setup.qr_svg)));
    let secret = StoredValue::new(setup.secret.clone());
    view! {
        <div class="scan">
            <img class="scan-picture" src=picture alt=t(f::QR) width="200" height="200"/>
            <div class="scan-text">
                <p>{t(f::TYPE_INSTEAD)}</p>
                <p class="scan-secret" data-testid="secret">{in_groups(&setup.secret)}</p>
                <Button
                    size=ButtonSize::Small
                    icon=Icon::Copy
                    on_click=move || secret.with_value(|secret| copy(toasts, secret))
                >
                    {t(f::COPY_SECRET)}
                </Button>
                <ButtonLink
                    href=setup.otpauth_url
                    size=ButtonSize::Small
                    icon=Icon::Phone
                    attr:rel="external"
                >
                    {t(f::OPEN_APP)}
                </ButtonLink>
            </div>
        </div>
    }
}

/// Groups of four are typed with fewer mistakes.
fn in_groups(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

#[component]
fn CodeForm(on_codes: Callback<Vec<String>>, on_cancel: Option<Callback<()>>) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let errors = FormErrors::new();
    let pending = RwSignal::new(false);
    let code = RwSignal::new(String::new());
    let submit = move || {
        let request = EnableTwoFactor { code: code.get_untracked() };
        if !errors.check(&request) {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let answer = api::two_factor::enable(client, &request).await;
            pending.try_set(false);
            match answer {
                Ok(answer) => {
                    toasts.success(t(f::ENABLED));
                    on_codes.try_run(answer.codes);
                }
                Err(error) => errors.show(error),
            }
        });
    };
    view! {
        <Form errors pending on_submit=submit>
            <FormProblem errors/>
            <Field label=t(f::CODE) help=t(f::CODE_HELP) name="code" error=errors.of("code") required=true>
                <TextInput value=code kind=InputKind::Digits autocomplete="one-time-code" autofocus=true/>
            </Field>
            <Actions pending on_cancel label=f::CONFIRM/>
        </Form>
    }
}

#[component]
fn Actions(pending: RwSignal<bool>, on_cancel: Option<Callback<()>>, label: Text) -> impl IntoView {
    view! {
        <FormActions>
            {on_cancel.map(|cancel| view! {
                <Button on_click=cancel>{t(texts::common::CANCEL)}</Button>
            })}
            <Button kind=ButtonKind::Primary submit=true loading=pending>{t(label)}</Button>
        </FormActions>
    }
}
