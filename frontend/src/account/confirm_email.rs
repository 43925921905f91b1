//! Following the link to another email.

use super::frame::AccountFrame;
use super::recovery::take_token;
use crate::api;
use crate::routes::Route;
use crate::state::{FormErrors, t, use_session, use_title};
use crate::ui::{Alert, Button, ButtonKind, ButtonLink, ButtonSize, Form, FormProblem, Tone};
use ebenezer_shared::profile::ConfirmEmailRequest;
use ebenezer_shared::texts::profile as p;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// `/confirm-email`. A press confirms, not the visit: mail programs visit links by themselves.
#[component]
pub fn ConfirmEmailPage() -> impl IntoView {
    use_title(t(p::CONFIRM_TITLE));
    let token = StoredValue::new(take_token(Route::ConfirmEmail));
    let session = use_session();
    let errors = FormErrors::new();
    let pending = RwSignal::new(false);
    let done = RwSignal::new(false);
    let submit = move || {
        let request = ConfirmEmailRequest { token: token.get_value() };
        errors.clear();
        pending.set(true);
        spawn_local(async move {
            let answer = api::auth::confirm_email(&request).await;
            pending.try_set(false);
            match answer {
                Ok(()) => {
                    done.try_set(true);
                    // Whoever is logged in here sees the new one.
                    let token = session.token();
                    if token.is_some() {
                        let _ = session.renew(token.as_deref()).await;
                    }
                }
                Err(error) => errors.show(error),
            }
        });
    };
    view! {
        <AccountFrame title=t(p::CONFIRM_TITLE) detail=t(p::CONFIRM_DETAIL)>
            <Show
                when=move || done.get()
                fallback=move || view! {
                    <Form errors pending on_submit=submit>
                        <FormProblem errors/>
                        <Button kind=ButtonKind::Primary size=ButtonSize::Large submit=true loading=pending>
                            {t(p::CONFIRM)}
                        </Button>
                    </Form>
                }
            >
                <div role="status"><Alert tone=Tone::Success><p>{t(p::CONFIRMED)}</p></Alert></div>
            </Show>
            <ButtonLink href=Route::Home.path()>{t(p::GO_ON)}</ButtonLink>
        </AccountFrame>
    }
}
