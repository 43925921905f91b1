//! Registering a firm.

use super::frame::AccountFrame;
use super::login::LeaveAccountPages;
use super::product_choice::ProductChoice;
use super::strength::StrengthMeter;
use super::subdomain::propose;
use crate::api::{self, ApiError};
use crate::routes::Route;
use crate::state::{FormErrors, locale, t, use_query, use_session, use_title, use_toasts};
use crate::ui::{
    Button, ButtonKind, ButtonSize, Field, Form, FormProblem, InputKind, Model, PasswordInput,
    Section, TextInput,
};
use ebenezer_shared::auth::RegisterRequest;
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::texts;
use leptos::either::Either;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is typed.
#[derive(Clone, Copy)]
struct Draft {
    company: RwSignal<String>,
    subdomain: RwSignal<String>,
    /// The person wrote a subdomain of their own: no more proposals.
    own_subdomain: RwSignal<bool>,
    product: RwSignal<String>,
    full_name: RwSignal<String>,
    email: RwSignal<String>,
    password: RwSignal<String>,
}

impl Draft {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            company: empty(),
            subdomain: empty(),
            own_subdomain: RwSignal::new(false),
            product: empty(),
            full_name: empty(),
            email: empty(),
            password: empty(),
        }
    }

    fn request(self) -> RegisterRequest {
        let trimmed = |text: RwSignal<String>| text.get_untracked().trim().to_owned();
        RegisterRequest {
            company: trimmed(self.company),
            subdomain: trimmed(self.subdomain),
            product: trimmed(self.product),
            full_name: trimmed(self.full_name),
            email: trimmed(self.email),
            password: self.password.get_untracked(),
            cookie: true,
        }
    }
}

/// `/register`
#[component]
pub fn RegisterPage() -> impl IntoView {
    use_title(t(texts::auth::REGISTER_TITLE));
    if use_session().account_now().is_some() {
        return Either::Left(view! { <LeaveAccountPages/> });
    }
    Either::Right(view! {
        <AccountFrame title=t(texts::auth::REGISTER_TITLE) detail=t(texts::auth::REGISTER_DETAIL)>
            <RegisterForm/>
            <p class="account-other">
                {t(texts::auth::HAVE_ACCOUNT)} " "
                <a href=Route::Login.path()>{t(texts::auth::LOGIN_LINK)}</a>
            </p>
        </AccountFrame>
    })
}

#[component]
fn RegisterForm() -> impl IntoView {
    let session = use_session();
    let toasts = use_toasts();
    let errors = FormErrors::new();
    let pending = RwSignal::new(false);
    let draft = Draft::new();
    let submit = move || {
        let request = draft.request();
        if !checked(errors, &request) {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            match session.register(&request).await {
                Ok(()) => {
                    let name = request.full_name;
                    toasts.success(move || texts::auth::welcome(locale(), &name));
                }
                Err(error) => {
                    pending.set(false);
                    show(errors, error);
                }
            }
        });
    };
    view! {
        <Form errors pending on_submit=submit>
            <FormProblem errors/>
            <Firm draft errors/>
            <Person draft errors/>
            <Button kind=ButtonKind::Primary size=ButtonSize::Large submit=true loading=pending>
                {t(texts::auth::REGISTER)}
            </Button>
        </Form>
    }
}

#[component]
fn Firm(draft: Draft, errors: FormErrors) -> impl IntoView {
    let products = use_query(|| (), |()| api::products::list());
    let company = Model::new(draft.company, move |name: String| {
        if !draft.own_subdomain.get_untracked() {
            draft.subdomain.set(propose(&name));
        }
        draft.company.set(name);
    });
    let subdomain = Model::new(draft.subdomain, move |name: String| {
        draft.own_subdomain.set(!name.is_empty());
        draft.subdomain.set(name.to_lowercase());
        errors.clear_field("subdomain");
    });
    view! {
        <Section title=t(texts::auth::YOUR_FIRM)>
            <Field label=t(texts::auth::COMPANY) error=errors.of("company") required=true>
                <TextInput value=company autocomplete="organization" max_length=150 autofocus=true/>
            </Field>
            <Field
                label=t(texts::auth::SUBDOMAIN)
                help=t(texts::auth::SUBDOMAIN_HELP)
                error=errors.of("subdomain")
                required=true
            >
                <TextInput value=subdomain kind=InputKind::Email max_length=40/>
            </Field>
            <ProductChoice products value=draft.product error=errors.of("product")/>
        </Section>
    }
}

#[component]
fn Person(draft: Draft, errors: FormErrors) -> impl IntoView {
    let own =
        Signal::derive(move || vec![draft.full_name.get(), draft.email.get(), draft.company.get()]);
    let email = Model::new(draft.email, move |text: String| {
        draft.email.set(text);
        errors.clear_field("email");
    });
    view! {
        <Section title=t(texts::auth::YOU)>
            <Field label=t(texts::auth::FULL_NAME) error=errors.of("full_name") required=true>
                <TextInput value=draft.full_name autocomplete="name" max_length=150/>
            </Field>
            <Field label=t(texts::auth::EMAIL) error=errors.of("email") required=true>
                <TextInput value=email kind=InputKind::Email autocomplete="username"/>
            </Field>
            <Field
                label=t(texts::auth::PASSWORD)
                help=t(texts::auth::PASSWORD_HELP)
                error=errors.of("password")
                required=true
            >
                <PasswordInput value=draft.password autocomplete="new-password"/>
                <StrengthMeter password=draft.password own/>
            </Field>
        </Section>
    }
}

/// The shared rules, and that a product is chosen.
fn checked(errors: FormErrors, request: &RegisterRequest) -> bool {
    let valid = errors.check(request);
    if request.product.is_empty() {
        errors.mark("product", "required");
        return false;
    }
    valid
}

/// What is taken is said at its field.
fn show(errors: FormErrors, error: ApiError) {
    let field = match error.code() {
        Some(ProblemCode::EmailTaken) => "email",
        Some(ProblemCode::SubdomainTaken) => "subdomain",
        _ => return errors.show(error),
    };
    if let Some(code) = error.code() {
        errors.mark_text(field, code.title());
    }
}
