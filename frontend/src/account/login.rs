//! Logging in.

use super::frame::AccountFrame;
use super::login_form::LoginForm;
use crate::routes::Route;
use crate::state::session::Ended;
use crate::state::{t, use_session, use_title};
use crate::ui::{Alert, Tone};
use ebenezer_shared::locale::Text;
use ebenezer_shared::texts;
use leptos::either::Either;
use leptos::prelude::*;
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
