//! The root: state that the whole app shares, and which page each path shows.

use crate::account::confirm_email::ConfirmEmailPage;
use crate::account::invitation::AcceptInvitationPage;
use crate::account::lock::{LockScreen, give_focus_back};
use crate::account::login::LoginPage;
use crate::account::password::ChangePasswordPage;
use crate::account::profile::ProfilePage;
use crate::account::recovery::{ForgotPasswordPage, ResetPasswordPage};
use crate::account::register::RegisterPage;
use crate::account::sessions::SessionsPage;
use crate::account::two_factor::SecurityPage;
use crate::api::{ApiError, Client};
use crate::audit::page::AuditPage;
use crate::crm::bulk::page::BulkActionsPage;
use crate::crm::calendar::page::{CalendarPage, EditAppointmentPage, NewAppointmentPage};
use crate::crm::cases::page::{CaseBoardPage, CasePage, CasesPage, EditCasePage, NewCasePage};
use crate::crm::contacts::page::{ContactPage, ContactsPage, EditContactPage, NewContactPage};
use crate::crm::corporations::page::{
    CorporationPage, CorporationsPage, EditCorporationPage, NewCorporationPage,
};
use crate::crm::departments::page::DepartmentsPage;
use crate::crm::documents::page::{DocumentPage, DocumentsPage, TrashPage};
use crate::crm::merge::{MergeContactsPage, MergeCorporationsPage};
use crate::crm::messages::page::{MessagesPage, NewThread, NoThread, ThreadPane};
use crate::crm::notes::page::NotesPage;
use crate::crm::tags::page::TagsPage;
use crate::crm::tasks::page::{EditTaskPage, NewTaskPage, TasksPage};
use crate::dashboard::page::DashboardPage;
use crate::firm::settings::SettingsPage;
use crate::platform::jobs::JobsPage;
use crate::shell::Shell;
use crate::shell::allowed::Allowed;
use crate::shell::dialogs::{IdleDialog, UnsavedDialog};
use crate::shell::home::Home;
use crate::shell::not_found::NotFoundPage;
use crate::state::idle::provide_idle;
use crate::state::live::provide_live;
use crate::state::locale::reflect_locale;
use crate::state::online::provide_online;
use crate::state::session::Session;
use crate::state::shortcuts::provide_shortcuts;
use crate::state::theme::provide_theme;
use crate::state::toasts::Toasts;
use crate::state::unsaved::provide_unsaved;
use crate::state::{Remote, use_query};
use crate::team::page::TeamPage;
use crate::team::role_page::{NewRolePage, RolePage};
use crate::team::roles::RolesPage;
use crate::ui::{ErrorState, ToastRegion};
use ebenezer_shared::permission::{Action, Module};
use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::path;

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    // Before the router: its listeners must come second.
    let unsaved = provide_unsaved();
    reflect_locale();
    provide_theme();
    provide_shortcuts();
    let online = provide_online();
    provide_context(Toasts::new());
    let session = Session::new(unsaved);
    provide_context(session);
    let client = Client::new(session, online);
    provide_context(client);
    provide_idle(session, client);
    provide_live(session);

    let start = use_query(
        || (),
        move |()| async move {
            let started = session.start().await;
            online.report(started != Err(ApiError::Offline));
            started
        },
    );
    Effect::new(move || {
        if start.get() != Remote::Loading {
            take_splash_away();
        }
    });
    view! {
        {move || match start.get() {
            Remote::Loading => None,
            Remote::Failed(error) => Some(view! {
                <main class="page"><ErrorState error on_retry=move || start.reload()/></main>
            }.into_any()),
            Remote::Ready(()) => Some(view! { <Router><Window session/></Router> }.into_any()),
        }}
        <ToastRegion/>
    }
}

/// Everything below the router. Another person or firm starts with fresh pages; behind a
/// locked session the page stays as it was, unseen.
#[component]
fn Window(session: Session) -> impl IntoView {
    let identity = Memo::new(move |_| session.identity());
    let note_focus = give_focus_back(session);
    view! {
        <div
            class="window"
            hidden=move || session.is_locked()
            inert=move || session.is_locked()
            on:focusin=note_focus
        >
            <For each=move || [identity.get()] key=|identity| *identity let:_identity>
                <Pages/>
            </For>
        </div>
        <Show when=move || session.is_locked()>
            <LockScreen/>
        </Show>
        <UnsavedDialog/>
        <IdleDialog/>
    }
}

#[component]
fn Pages() -> impl IntoView {
    view! {
        <Routes fallback=NotFoundPage>
            <Route path=path!("/login") view=LoginPage/>
            <Route path=path!("/register") view=RegisterPage/>
            <Route path=path!("/forgot-password") view=ForgotPasswordPage/>
            <Route path=path!("/reset-password") view=ResetPasswordPage/>
            <Route path=path!("/confirm-email") view=ConfirmEmailPage/>
            <Route path=path!("/accept-invitation") view=AcceptInvitationPage/>
            <ParentRoute path=path!("") view=Shell>
                <Route path=path!("/") view=Home/>
                <Route path=path!("/account/password") view=ChangePasswordPage/>
                <Route path=path!("/account/sessions") view=SessionsPage/>
                <Route path=path!("/account/security") view=SecurityPage/>
                <Route path=path!("/account/profile") view=ProfilePage/>
                <Route path=path!("/settings") view=settings/>
                <Route path=path!("/dashboard") view=dashboard/>
                <Route path=path!("/contacts") view=contacts/>
                <Route path=path!("/contacts/new") view=new_contact/>
                <Route path=path!("/contacts/:id") view=contact/>
                <Route path=path!("/contacts/:id/edit") view=edit_contact/>
                <Route path=path!("/contacts/:id/merge") view=merge_contacts/>
                <Route path=path!("/corporations") view=corporations/>
                <Route path=path!("/corporations/new") view=new_corporation/>
                <Route path=path!("/corporations/:id") view=corporation/>
                <Route path=path!("/corporations/:id/edit") view=edit_corporation/>
                <Route path=path!("/corporations/:id/merge") view=merge_corporations/>
                <Route path=path!("/tasks") view=tasks/>
                <Route path=path!("/tasks/new") view=new_task/>
                <Route path=path!("/tasks/:id") view=edit_task/>
                <Route path=path!("/calendar") view=calendar/>
                <Route path=path!("/appointments/new") view=new_appointment/>
                <Route path=path!("/appointments/:id") view=edit_appointment/>
                <Route path=path!("/cases") view=cases/>
                <Route path=path!("/cases/board") view=case_board/>
                <Route path=path!("/cases/new") view=new_case/>
                <Route path=path!("/cases/:id") view=case/>
                <Route path=path!("/cases/:id/edit") view=edit_case/>
                <Route path=path!("/documents") view=documents/>
                <Route path=path!("/documents/trash") view=document_trash/>
                <Route path=path!("/documents/:id") view=document_page/>
                <ParentRoute path=path!("/messages") view=messages>
                    <Route path=path!("") view=NoThread/>
                    <Route path=path!("new") view=new_thread/>
                    <Route path=path!(":id") view=ThreadPane/>
                </ParentRoute>
                <Route path=path!("/notes") view=notes/>
                <Route path=path!("/tags") view=tags/>
                <Route path=path!("/recent-changes") view=bulk_actions/>
                <Route path=path!("/departments") view=departments/>
                <Route path=path!("/team") view=team/>
                <Route path=path!("/team/roles") view=roles/>
                <Route path=path!("/team/roles/new") view=new_role/>
                <Route path=path!("/team/roles/:key") view=role/>
                <Route path=path!("/audit") view=audit/>
                <Route path=path!("/admin/jobs") view=jobs/>
                <Route path=path!("/ui") view=gallery/>
                <Route path=path!("/*any") view=NotFoundPage/>
            </ParentRoute>
        </Routes>
    }
}

fn dashboard() -> impl IntoView {
    view! { <Allowed module=Module::Dashboard><DashboardPage/></Allowed> }
}

fn contacts() -> impl IntoView {
    view! { <Allowed module=Module::Contacts><ContactsPage/></Allowed> }
}

fn new_contact() -> impl IntoView {
    view! { <Allowed module=Module::Contacts action=Action::Add><NewContactPage/></Allowed> }
}

fn contact() -> impl IntoView {
    view! { <Allowed module=Module::Contacts><ContactPage/></Allowed> }
}

fn edit_contact() -> impl IntoView {
    view! { <Allowed module=Module::Contacts action=Action::Change><EditContactPage/></Allowed> }
}

fn merge_contacts() -> impl IntoView {
    view! { <Allowed module=Module::Contacts action=Action::Delete><MergeContactsPage/></Allowed> }
}

fn merge_corporations() -> impl IntoView {
    view! {
        <Allowed module=Module::Corporations action=Action::Delete><MergeCorporationsPage/></Allowed>
    }
}

fn corporations() -> impl IntoView {
    view! { <Allowed module=Module::Corporations><CorporationsPage/></Allowed> }
}

fn new_corporation() -> impl IntoView {
    view! { <Allowed module=Module::Corporations action=Action::Add><NewCorporationPage/></Allowed> }
}

fn corporation() -> impl IntoView {
    view! { <Allowed module=Module::Corporations><CorporationPage/></Allowed> }
}

fn edit_corporation() -> impl IntoView {
    view! { <Allowed module=Module::Corporations action=Action::Change><EditCorporationPage/></Allowed> }
}

fn cases() -> impl IntoView {
    view! { <Allowed module=Module::Cases><CasesPage/></Allowed> }
}

fn case_board() -> impl IntoView {
    view! { <Allowed module=Module::Cases><CaseBoardPage/></Allowed> }
}

fn new_case() -> impl IntoView {
    view! { <Allowed module=Module::Cases action=Action::Add><NewCasePage/></Allowed> }
}

fn case() -> impl IntoView {
    view! { <Allowed module=Module::Cases><CasePage/></Allowed> }
}

fn edit_case() -> impl IntoView {
    view! { <Allowed module=Module::Cases action=Action::Change><EditCasePage/></Allowed> }
}

fn documents() -> impl IntoView {
    view! { <Allowed module=Module::Documents><DocumentsPage/></Allowed> }
}

fn document_trash() -> impl IntoView {
    view! { <Allowed module=Module::Documents><TrashPage/></Allowed> }
}

fn document_page() -> impl IntoView {
    view! { <Allowed module=Module::Documents><DocumentPage/></Allowed> }
}

fn tasks() -> impl IntoView {
    view! { <Allowed module=Module::Tasks><TasksPage/></Allowed> }
}

fn new_task() -> impl IntoView {
    view! { <Allowed module=Module::Tasks action=Action::Add><NewTaskPage/></Allowed> }
}

fn edit_task() -> impl IntoView {
    view! { <Allowed module=Module::Tasks><EditTaskPage/></Allowed> }
}

fn messages() -> impl IntoView {
    view! { <Allowed module=Module::Messages><MessagesPage/></Allowed> }
}

fn new_thread() -> impl IntoView {
    view! { <Allowed module=Module::Messages action=Action::Add><NewThread/></Allowed> }
}

fn notes() -> impl IntoView {
    view! { <Allowed module=Module::Notes><NotesPage/></Allowed> }
}

fn calendar() -> impl IntoView {
    view! { <Allowed module=Module::Appointments><CalendarPage/></Allowed> }
}

fn new_appointment() -> impl IntoView {
    view! { <Allowed module=Module::Appointments action=Action::Add><NewAppointmentPage/></Allowed> }
}

fn edit_appointment() -> impl IntoView {
    view! { <Allowed module=Module::Appointments><EditAppointmentPage/></Allowed> }
}

fn tags() -> impl IntoView {
    view! { <Allowed module=Module::Contacts><TagsPage/></Allowed> }
}

fn bulk_actions() -> impl IntoView {
    view! { <BulkActionsPage/> }
}

fn departments() -> impl IntoView {
    view! { <Allowed module=Module::Departments><DepartmentsPage/></Allowed> }
}

fn team() -> impl IntoView {
    view! { <Allowed module=Module::Team><TeamPage/></Allowed> }
}

fn roles() -> impl IntoView {
    view! { <Allowed module=Module::Team><RolesPage/></Allowed> }
}

fn new_role() -> impl IntoView {
    view! { <Allowed module=Module::Team action=Action::Add><NewRolePage/></Allowed> }
}

fn role() -> impl IntoView {
    view! { <Allowed module=Module::Team><RolePage/></Allowed> }
}

fn jobs() -> impl IntoView {
    view! { <JobsPage/> }
}

fn audit() -> impl IntoView {
    view! { <AuditPage/> }
}

fn settings() -> impl IntoView {
    view! { <Allowed module=Module::Settings><SettingsPage/></Allowed> }
}

#[cfg(any(debug_assertions, feature = "ui-page"))]
fn gallery() -> impl IntoView {
    view! { <crate::ui_page::GalleryPage/> }
}

#[cfg(not(any(debug_assertions, feature = "ui-page")))]
fn gallery() -> impl IntoView {
    view! { <NotFoundPage/> }
}

/// The picture that `index.html` shows until the app has started.
fn take_splash_away() {
    if let Some(splash) = document().get_element_by_id("splash") {
        splash.remove();
    }
}
