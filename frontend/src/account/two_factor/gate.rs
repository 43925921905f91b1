//! In the place of every page, until who must have a second factor has one.

use super::enrolment::Enrolment;
use crate::state::{locale, t, use_session, use_title};
use crate::ui::{Card, PageHeader};
use ebenezer_shared::texts::two_factor as f;
use leptos::prelude::*;

/// Why it is asked for, and the way to it. Afterwards the page is there that was wanted.
#[component]
pub fn EnrolmentGate(
    /// The firm that asks; none: the platform.
    company: Option<String>,
    reading_codes: RwSignal<bool>,
) -> impl IntoView {
    use_title(t(f::TITLE));
    let session = use_session();
    let detail = move || match &company {
        Some(company) => f::required_by_firm(locale(), company),
        None => f::REQUIRED_BY_PLATFORM.get(locale()).to_owned(),
    };
    let on_done =
        Callback::new(move |()| session.update_user(|user| user.two_factor_enabled = true));
    view! {
        <div class="narrow" data-testid="enrolment">
            <PageHeader title=t(f::REQUIRED_TITLE) detail/>
            <Card><Enrolment reading_codes on_done/></Card>
        </div>
    }
}
