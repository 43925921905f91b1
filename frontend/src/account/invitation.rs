//! Following the link of an invitation.

use super::frame::AccountFrame;
use super::recovery::take_token;
use super::strength::StrengthMeter;
use crate::api::{self, ApiError};
use crate::routes::Route;
use crate::state::{FormErrors, locale, t, use_query, use_session, use_title};
use crate::ui::{
    Alert, Button, ButtonKind, ButtonLink, ButtonSize, Field, Form, FormProblem, Loaded,
    PasswordInput, SkeletonKind, TextInput, Tone,
};
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::team::{AcceptInvitation, InvitationOffer, LookAtInvitation};
use ebenezer_shared::texts;
use ebenezer_shared::texts::joining as j;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// What became of looking at the invitation.
#[derive(Clone, Debug, PartialEq)]
enum Looked {
    Offered(InvitationOffer),
    /// It is good no more, or the firm takes nobody now.
    Refused(ProblemCode),
}

/// `/accept-invitation#<token>`
#[component]
pub fn AcceptInvitationPage() -> impl IntoView {
    use_title(t(j::TITLE));
    let token = StoredValue::new(take_token(Route::AcceptInvitation));
    let looked = use_query(
        || (),
        move |()| async move {
            let token = token.get_value();
            if token.is_empty() {
                return Ok(Looked::Refused(ProblemCode::LinkExpired));
            }
            match api::auth::look_at_invitation(&LookAtInvitation { token }).await {
                Ok(offer) => Ok(Looked::Offered(offer)),
                Err(error) => match error.code() {
                    Some(code) if is_final(&error) => Ok(Looked::Refused(code)),
                    _ => Err(error),
                },
            }
        },
    );
    let refused = move |code| looked.set(Looked::Refused(code));
    view! {
        <AccountFrame title=t(j::TITLE) detail=t(j::DETAIL)>
            <Loaded query=looked skeleton=SkeletonKind::Form view=move |looked| match looked {
                Looked::Offered(offer) => {
                    let on_refused = Callback::new(refused);
                    view! { <Offer offer token=token.get_value() on_refused/> }.into_any()
                }
                Looked::Refused(code) => view! { <Refused code/> }.into_any(),
            }/>
        </AccountFrame>
    }
}

/// Trying again would not help.
fn is_final(error: &ApiError) -> bool {
    matches!(error.status(), Some(403 | 410 | 422))
}

#[component]
fn Refused(code: ProblemCode) -> impl IntoView {
    view! {
        <div role="alert">
            <Alert tone=Tone::Danger title=t(code.title())>
                <p>{t(code.detail())}</p>
            </Alert>
        </div>
        <ButtonLink href=Route::Login.path()>{t(j::LOGIN)}</ButtonLink>
    }
}

#[component]
fn Offer(
    offer: InvitationOffer,
    token: String,
    on_refused: Callback<ProblemCode>,
) -> impl IntoView {
    let session = use_session();
    let navigate = use_navigate();
    let (errors, pending) = (FormErrors::new(), RwSignal::new(false));
    let known = offer.has_account;
    let full_name = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    // An account with a second factor asks for its code after the password.
    let asks_code = RwSignal::new(false);
    let code = RwSignal::new(String::new());
    let own = vec![offer.email.clone(), offer.company.clone()];
    let submit = move || {
        let name = full_name.get_untracked().trim().to_owned();
        let request = AcceptInvitation {
            token: token.clone(),
            full_name: (!name.is_empty()).then_some(name),
            password: password.get_untracked(),
            totp_code: asks_code.get_untracked().then(|| code.get_untracked()),
            cookie: true,
        };
        if !errors.check(&request) {
            return;
        }
        if !known && request.full_name.is_none() {
            errors.mark("full_name", "required");
            return;
        }
        let navigate = navigate.clone();
        pending.set(true);
        spawn_local(async move {
            match api::auth::accept_invitation(&request).await {
                Ok(answer) => {
                    session.enter(answer);
                    navigate(&Route::Home.path(), NavigateOptions::default());
                }
                Err(error) => {
                    pending.try_set(false);
                    match error.code() {
                        Some(ProblemCode::MfaRequired) if !asks_code.get_untracked() => {
                            asks_code.try_set(true);
                        }
                        Some(code) if error.status() == Some(410) => on_refused.run(code),
                        _ => errors.show(error),
                    }
                }
            }
        });
    };
    let said = offer.clone();
    let whose = offer.email.clone();
    view! {
        <p class="joining-offer" data-testid="offer">
            {move || j::offer(locale(), &said.company, &said.invited_by, said.role.label(locale()))}
        </p>
        <p class="quiet">
            {move || if known { j::known_account(locale(), &whose) } else { j::new_account(locale(), &whose) }}
        </p>
        <Form errors pending on_submit=submit>
            <FormProblem errors/>
            // Tells password managers whose password it is.
            <input type="text" hidden=true readonly=true autocomplete="username" value=offer.email.clone()/>
            {(!known).then(|| view! {
                <Field label=t(j::FULL_NAME) error=errors.of("full_name") required=true>
                    <TextInput value=full_name autocomplete="name" autofocus=true/>
                </Field>
            })}
            {if known {
                view! {
                    <Field label=t(texts::auth::PASSWORD) error=errors.of("password") required=true>
                        <PasswordInput value=password autocomplete="current-password" autofocus=true/>
                    </Field>
                }.into_any()
            } else {
                view! {
                    <Field
                        label=t(texts::auth::NEW_PASSWORD)
                        help=t(texts::auth::PASSWORD_HELP)
                        error=errors.of("password")
                        required=true
                    >
                        <PasswordInput value=password autocomplete="new-password"/>
                        <StrengthMeter password own=own/>
                    </Field>
                }.into_any()
            }}
            <Show when=move || asks_code.get()>
                <Field
                    label=t(texts::two_factor::ANY_CODE)
                    name="totp_code"
                    error=errors.of("totp_code")
                    required=true
                >
                    <TextInput value=code autocomplete="one-time-code" autofocus=true/>
                </Field>
            </Show>
            <Button kind=ButtonKind::Primary size=ButtonSize::Large submit=true loading=pending attr:data-testid="join">
                {t(j::JOIN)}
            </Button>
        </Form>
        {known.then(|| view! {
            <p class="account-other"><a href=Route::ForgotPassword.path()>{t(j::FORGOT)}</a></p>
        })}
    }
}
