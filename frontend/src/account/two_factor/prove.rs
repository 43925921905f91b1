//! Password and code, before the second factor is turned off or its codes are replaced.

use crate::api::{self, use_client};
use crate::state::{FormErrors, t, use_toasts};
use crate::ui::{
    Alert, Button, ButtonKind, Dialog, DialogSize, Field, Form, FormActions, FormProblem,
    PasswordInput, TextInput, Tone,
};
use ebenezer_shared::texts;
use ebenezer_shared::texts::two_factor as f;
use ebenezer_shared::two_factor::ProveTwoFactor;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What shall be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Disable,
    Renew,
}

/// Asks for password and code while `asked` holds an act.
#[component]
pub fn ProveDialog(
    asked: RwSignal<Option<Act>>,
    /// The firm or the platform asks for the second factor.
    required: bool,
    on_codes: Callback<Vec<String>>,
    on_off: Callback<()>,
) -> impl IntoView {
    let title = move || match asked.get() {
        Some(Act::Renew) => t(f::RENEW_TITLE)(),
        _ => t(f::DISABLE_TITLE)(),
    };
    view! {
        <Dialog
            open=Signal::derive(move || asked.get().is_some())
            on_close=move || asked.set(None)
            title
            size=DialogSize::Small
        >
            {move || asked.get().map(|act| view! { <ProveForm act asked required on_codes on_off/> })}
        </Dialog>
    }
}

#[component]
fn ProveForm(
    act: Act,
    asked: RwSignal<Option<Act>>,
    required: bool,
    on_codes: Callback<Vec<String>>,
    on_off: Callback<()>,
) -> impl IntoView {
    let (client, toasts) = (use_client(), use_toasts());
    let errors = FormErrors::new();
    let pending = RwSignal::new(false);
    let password = RwSignal::new(String::new());
    let code = RwSignal::new(String::new());
    let submit = move || {
        let request =
            ProveTwoFactor { password: password.get_untracked(), code: code.get_untracked() };
        if !errors.check(&request) {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let answer = match act {
                Act::Renew => api::two_factor::renew_codes(client, &request).await.map(Some),
                Act::Disable => api::two_factor::disable(client, &request).await.map(|()| None),
            };
            pending.try_set(false);
            match answer {
                Err(error) => errors.show(error),
                Ok(codes) => {
                    asked.try_set(None);
                    if let Some(codes) = codes {
                        on_codes.try_run(codes.codes);
                    } else {
                        toasts.success(t(f::DISABLED));
                        on_off.try_run(());
                    }
                }
            }
        });
    };
    let (detail, label, kind) = match act {
        Act::Renew => (f::RENEW_DETAIL, f::RENEW, ButtonKind::Primary),
        Act::Disable => (f::DISABLE_DETAIL, f::DISABLE, ButtonKind::Danger),
    };
    view! {
        <Form errors pending on_submit=submit>
            <p>{t(detail)}</p>
            {(required && act == Act::Disable).then(|| view! {
                <Alert tone=Tone::Warning><p>{t(f::DISABLE_REQUIRED)}</p></Alert>
            })}
            <FormProblem errors/>
            <Field label=t(texts::auth::CURRENT_PASSWORD) name="password" error=errors.of("password") required=true>
                <PasswordInput value=password autocomplete="current-password" autofocus=true/>
            </Field>
            <Field label=t(f::ANY_CODE) name="code" error=errors.of("code") required=true>
                <TextInput value=code autocomplete="one-time-code"/>
            </Field>
            <FormActions>
                <Button on_click=move || asked.set(None)>{t(texts::common::CANCEL)}</Button>
                <Button kind submit=true loading=pending attr:data-testid="prove">{t(label)}</Button>
            </FormActions>
        </Form>
    }
}
