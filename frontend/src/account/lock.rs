//! A session that ended under unsaved work: the page waits, unseen, for its person.

use super::frame::AccountFrame;
use super::login::LoginForm;
use crate::state::{t, use_session};
use crate::ui::{Button, ButtonKind};
use ebenezer_shared::texts;
use leptos::prelude::*;

/// Covers the page until the person has logged in again, or gives the work up.
#[component]
pub fn LockScreen() -> impl IntoView {
    let session = use_session();
    let account = session.account_now();
    let email = account.as_ref().map(|it| it.user.email.clone()).unwrap_or_default();
    let tenant = account.and_then(|it| it.tenant).map(|tenant| tenant.id.to_string());
    view! {
        <AccountFrame title=t(texts::session::LOCKED_TITLE) detail=t(texts::session::LOCKED_DETAIL)>
            {match tenant {
                Some(tenant) => view! { <LoginForm email=email tenant=tenant/> }.into_any(),
                None => view! { <LoginForm email=email/> }.into_any(),
            }}
            <Button kind=ButtonKind::Ghost on_click=move || session.abandon()>
                {t(texts::session::USE_OTHER_ACCOUNT)}
            </Button>
        </AccountFrame>
    }
}
