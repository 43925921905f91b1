//! One's own name, language and email.

use crate::api::{self, use_client};
use crate::routes::Route;
use crate::shell::language;
use crate::state::locale::set_locale;
use crate::state::{FormErrors, guard_unsaved, t, use_session, use_title, use_toasts};
use crate::ui::{
    Alert, Button, ButtonKind, Card, Field, Form, FormActions, FormProblem, InputKind, PageHeader,
    PasswordInput, Select, TextInput, Tone,
};
use ebenezer_shared::locale::Locale;
use ebenezer_shared::patch::Patch;
use ebenezer_shared::profile::{ChangeEmailRequest, UpdateProfile};
use ebenezer_shared::texts;
use ebenezer_shared::texts::profile as p;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// `/account/profile`
#[component]
pub fn ProfilePage() -> impl IntoView {
    use_title(t(p::TITLE));
    view! {
        <div class="narrow">
            <PageHeader title=t(p::TITLE)/>
            <Card title=t(p::YOU)><ProfileForm/></Card>
            <Card title=t(texts::auth::EMAIL)><EmailForm/></Card>
            <Card title=t(p::SAFETY)>
                <ul class="plain-links">
                    <li><a href=Route::ChangePassword.path()>{t(texts::auth::CHANGE_TITLE)}</a></li>
                    <li><a href=Route::Security.path()>{t(texts::two_factor::TITLE)}</a></li>
                    <li><a href=Route::Sessions.path()>{t(texts::sessions::TITLE)}</a></li>
                </ul>
            </Card>
        </div>
    }
}

#[component]
fn ProfileForm() -> impl IntoView {
    let (client, session, toasts) = (use_client(), use_session(), use_toasts());
    let errors = FormErrors::new();
    let pending = RwSignal::new(false);
    let user = session.account_now().map(|account| account.user);
    let kept = RwSignal::new((
        user.as_ref().map(|user| user.full_name.clone()).unwrap_or_default(),
        user.map(|user| user.locale).unwrap_or_default().tag().to_owned(),
    ));
    let (start_name, start_language) = kept.get_untracked();
    let name = RwSignal::new(start_name);
    let chosen = RwSignal::new(start_language);
    guard_unsaved(Signal::derive(move || {
        kept.with(|(kept_name, kept_language)| {
            name.with(|name| name != kept_name) || chosen.with(|it| it != kept_language)
        })
    }));
    let submit = move || {
        let request = UpdateProfile {
            full_name: Patch::Value(name.get_untracked().trim().to_owned()),
            locale: Locale::of_tag(&chosen.get_untracked()),
        };
        if !errors.check(&request) {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let answer = api::profile::update(client, &request).await;
            pending.try_set(false);
            match answer {
                Ok(me) => {
                    kept.try_set((me.user.full_name.clone(), me.user.locale.tag().to_owned()));
                    name.try_set(me.user.full_name.clone());
                    set_locale(me.user.locale);
                    session.update_user(|user| *user = me.user);
                    toasts.success(t(texts::common::SAVED));
                }
                Err(error) => errors.show(error),
            }
        });
    };
    view! {
        <Form errors pending on_submit=submit>
            <FormProblem errors/>
            <Field label=t(texts::auth::FULL_NAME) name="full_name" error=errors.of("full_name") required=true>
                <TextInput value=name autocomplete="name"/>
            </Field>
            <Field label=t(texts::shell::LANGUAGE) name="locale" help=t(p::LANGUAGE_HELP) error=errors.of("locale")>
                <Select value=chosen options=Signal::derive(language::choices)/>
            </Field>
            <FormActions>
                <Button kind=ButtonKind::Primary submit=true loading=pending attr:data-testid="save-profile">
                    {t(texts::common::SAVE_CHANGES)}
                </Button>
            </FormActions>
        </Form>
    }
}

/// Another email is confirmed by a link that is sent there.
#[component]
fn EmailForm() -> impl IntoView {
    let (client, session) = (use_client(), use_session());
    let errors = FormErrors::new();
    let pending = RwSignal::new(false);
    let sent = RwSignal::new(false);
    let email = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let present = move || session.account().map(|account| account.user.email);
    let submit = move || {
        let request = ChangeEmailRequest {
            new_email: email.get_untracked().trim().to_owned(),
            password: password.get_untracked(),
        };
        sent.set(false);
        if !errors.check(&request) {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            let answer = api::profile::change_email(client, &request).await;
            pending.try_set(false);
            match answer {
                Ok(()) => {
                    email.try_set(String::new());
                    password.try_set(String::new());
                    sent.try_set(true);
                }
                Err(error) => errors.show(error),
            }
        });
    };
    view! {
        <Form errors pending on_submit=submit>
            <p>{t(p::PRESENT_EMAIL)} " " <strong data-testid="present-email">{present}</strong></p>
            <div role="status">
                <Show when=move || sent.get()>
                    <Alert tone=Tone::Success><p>{t(p::EMAIL_SENT)}</p></Alert>
                </Show>
            </div>
            <FormProblem errors/>
            <Field label=t(p::NEW_EMAIL) name="new_email" help=t(p::NEW_EMAIL_HELP) error=errors.of("new_email") required=true>
                <TextInput value=email kind=InputKind::Email autocomplete="email"/>
            </Field>
            <Field label=t(texts::auth::CURRENT_PASSWORD) name="password" error=errors.of("password") required=true>
                <PasswordInput value=password autocomplete="current-password"/>
            </Field>
            <FormActions>
                <Button submit=true loading=pending attr:data-testid="change-email">{t(p::SEND_LINK)}</Button>
            </FormActions>
        </Form>
    }
}
