//! The frame around pages: navigation, top bar, banners.

pub mod allowed;
pub mod banners;
pub mod dialogs;
pub mod home;
pub mod language;
pub mod navigation;
pub mod no_tenant;
pub mod not_found;
pub mod palette;
pub mod person_menu;
pub mod tenant_switch;
pub mod theme;
pub mod topbar;

use crate::account::two_factor::EnrolmentGate;
use crate::crm::messages::inbox::provide_inbox;
use crate::routes::Route;
use crate::state::session::{Account, Ended, must_enrol};
use crate::state::{recent, t, use_session, use_unsaved};
use crate::team::view_as::{ViewAsDialog, provide_view_as};
use crate::ui::{Drawer, DrawerSide};
use banners::Banners;
use ebenezer_shared::tenant::TenantStatus;
use ebenezer_shared::texts;
use leptos::either::Either;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::{Outlet, Redirect};
use leptos_router::hooks::use_location;
use navigation::Navigation;
use no_tenant::{ClosedTenant, NoTenant};
use palette::Palette;
use topbar::TopBar;

/// The id of the main region, for the skip link.
const MAIN: &str = "main";

/// The frame, for who is logged in; leads everybody else to the login and back.
#[component]
pub fn Shell() -> impl IntoView {
    let session = use_session();
    let location = use_location();
    // The key of the pages changes with the person, so this is settled here once.
    if session.account_now().is_some() {
        return Either::Left(view! { <Frame/> });
    }
    let here = format!(
        "{}{}",
        location.pathname.get_untracked(),
        location.query.read_untracked().to_query_string()
    );
    let on_purpose = untrack(|| session.ended()) == Some(Ended::LoggedOut);
    let path = if on_purpose { Route::Login.path() } else { Route::login_then(&here) };
    let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
    Either::Right(view! { <Redirect path options/> })
}

#[component]
fn Frame() -> impl IntoView {
    let drawer = RwSignal::new(false);
    let searching = RwSignal::new(false);
    let path = use_location().pathname;
    follow_navigation(drawer);
    provide_inbox();
    provide_view_as();
    view! {
        <a class="skip-link" href=format!("#{MAIN}")>{t(texts::common::SKIP_TO_CONTENT)}</a>
        <div class="shell">
            <aside class="sidebar"><Navigation/></aside>
            <div class="shell-main">
                <TopBar on_menu=move || drawer.set(true) on_search=move || searching.set(true)/>
                <Banners/>
                <main class="page" id=MAIN tabindex="-1">
                    <Content path/>
                </main>
            </div>
        </div>
        <Drawer open=drawer side=DrawerSide::Start title=t(texts::shell::NAVIGATION) on_close=move || drawer.set(false)>
            <Navigation/>
        </Drawer>
        <ViewAsDialog/>
        <Palette open=searching/>
    }
}

/// What stands in the place of a page.
#[derive(Clone, PartialEq)]
enum Instead {
    /// A second factor is to be set up first; the firm that asks for it, else the platform does.
    Enrolment(Option<String>),
    NoTenant,
    Closed(String, TenantStatus),
}

/// The page, unless the firm is closed, there is none, or it asks for a second factor. One's
/// own account is always open.
#[component]
fn Content(path: Memo<String>) -> impl IntoView {
    let session = use_session();
    // Recovery codes are shown once: nothing takes them away but their reader.
    let reading_codes = RwSignal::new(false);
    let instead = Memo::new(move |before: Option<&Option<Instead>>| {
        if reading_codes.get() {
            return before.cloned().flatten();
        }
        let path = path.get();
        let own = path.starts_with("/account/") || path == Route::Gallery.path();
        let account = session.account().filter(|_| !own)?;
        let for_operators = account.user.is_staff && path.starts_with("/admin/");
        instead_of_pages(account).filter(|instead| {
            // The platform has no need of a firm.
            !for_operators || matches!(instead, Instead::Enrolment(_))
        })
    });
    let unsaved = use_unsaved();
    // Unsaved work waits behind the enrolment that is asked for in the middle of it.
    let open = Memo::new(move |before: Option<&bool>| match instead.get() {
        None => true,
        Some(Instead::Enrolment(_)) => before == Some(&true) && unsaved.is_dirty(),
        Some(Instead::NoTenant | Instead::Closed(..)) => false,
    });
    let notice = move || {
        Some(match instead.get()? {
            Instead::Enrolment(company) => {
                view! { <EnrolmentGate company reading_codes/> }.into_any()
            }
            Instead::NoTenant => view! { <NoTenant/> }.into_any(),
            Instead::Closed(company, status) => view! { <ClosedTenant company status/> }.into_any(),
        })
    };
    view! {
        {notice}
        <div class="page-content" hidden=move || instead.with(Option::is_some)>
            <Show when=move || open.get()><Outlet/></Show>
        </div>
    }
}

fn instead_of_pages(account: Account) -> Option<Instead> {
    let staff = account.user.is_staff;
    let enrol = must_enrol(&account);
    match account.tenant {
        Some(tenant)
            if !staff
                && matches!(tenant.status, TenantStatus::Suspended | TenantStatus::Cancelled) =>
        {
            Some(Instead::Closed(tenant.company, tenant.status))
        }
        tenant if enrol => {
            Some(Instead::Enrolment(tenant.filter(|_| !staff).map(|tenant| tenant.company)))
        }
        Some(_) => None,
        None => Some(Instead::NoTenant),
    }
}

/// At each new page the drawer closes and the focus goes to the content, as it would
/// without a single-page app.
fn follow_navigation(drawer: RwSignal<bool>) {
    let location = use_location();
    let (session, unsaved) = (use_session(), use_unsaved());
    Effect::new(move |before: Option<String>| {
        let path = location.pathname.get();
        recent::note(session, &path);
        let query = location.query.get().to_query_string();
        unsaved.remember_here(format!("{path}{query}"));
        if before.is_some_and(|before| before != path) {
            drawer.set(false);
            request_animation_frame(focus_main);
        }
        path
    });
}

fn focus_main() {
    let taken = document().active_element().is_some_and(|element| {
        element.matches("main input, main select, main textarea, dialog *").unwrap_or(false)
    });
    let main = document().get_element_by_id(MAIN);
    if let Some(main) = main.filter(|_| !taken) {
        use wasm_bindgen::JsCast;
        if let Ok(main) = main.dyn_into::<web_sys::HtmlElement>() {
            let _ = main.focus();
        }
    }
}
