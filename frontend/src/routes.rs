//! Every path of the app.

use ebenezer_shared::ids::{
    AppointmentId, CaseId, ContactId, CorporationId, DocumentId, TaskId, ThreadId,
};
use ebenezer_shared::team::RoleKey;

/// A page. Links are written `Route::Contact(id).path()`, never as text; the patterns in
/// [`crate::app`] are checked against it by a test below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// Leads to the first area that the person may see.
    Home,
    Login,
    Register,
    ForgotPassword,
    ResetPassword,
    ChangePassword,
    Sessions,
    Profile,
    /// The second factor.
    Security,
    /// Where a link to another email leads.
    ConfirmEmail,
    /// The firm's own.
    Settings,
    Dashboard,
    Contacts,
    NewContact,
    Contact(ContactId),
    EditContact(ContactId),
    MergeContact(ContactId),
    Corporations,
    NewCorporation,
    Corporation(CorporationId),
    EditCorporation(CorporationId),
    MergeCorporation(CorporationId),
    Cases,
    CaseBoard,
    NewCase,
    Case(CaseId),
    EditCase(CaseId),
    Documents,
    DocumentTrash,
    Document(DocumentId),
    Tasks,
    NewTask,
    Task(TaskId),
    Notes,
    Messages,
    NewThread,
    Thread(ThreadId),
    Calendar,
    NewAppointment,
    Appointment(AppointmentId),
    Tags,
    BulkActions,
    Departments,
    Audit,
    Jobs,
    Team,
    Roles,
    NewRole,
    Role(RoleKey),
    AcceptInvitation,
    /// Every component in every state; not in release builds.
    Gallery,
}

impl Route {
    /// The path to link to.
    pub fn path(self) -> String {
        match self {
            Self::Home => "/".to_owned(),
            Self::Login => "/login".to_owned(),
            Self::Register => "/register".to_owned(),
            Self::ForgotPassword => "/forgot-password".to_owned(),
            Self::ResetPassword => "/reset-password".to_owned(),
            Self::ChangePassword => "/account/password".to_owned(),
            Self::Sessions => "/account/sessions".to_owned(),
            Self::Profile => "/account/profile".to_owned(),
            Self::ConfirmEmail => "/confirm-email".to_owned(),
            Self::Settings => "/settings".to_owned(),
            Self::Security => "/account/security".to_owned(),
            Self::Dashboard => "/dashboard".to_owned(),
            Self::Contacts => "/contacts".to_owned(),
            Self::NewContact => "/contacts/new".to_owned(),
            Self::Contact(id) => format!("/contacts/{id}"),
            Self::EditContact(id) => format!("/contacts/{id}/edit"),
            Self::MergeContact(id) => format!("/contacts/{id}/merge"),
            Self::Corporations => "/corporations".to_owned(),
            Self::NewCorporation => "/corporations/new".to_owned(),
            Self::Corporation(id) => format!("/corporations/{id}"),
            Self::EditCorporation(id) => format!("/corporations/{id}/edit"),
            Self::MergeCorporation(id) => format!("/corporations/{id}/merge"),
            Self::Cases => "/cases".to_owned(),
            Self::CaseBoard => "/cases/board".to_owned(),
            Self::NewCase => "/cases/new".to_owned(),
            Self::Case(id) => format!("/cases/{id}"),
            Self::EditCase(id) => format!("/cases/{id}/edit"),
            Self::Documents => "/documents".to_owned(),
            Self::DocumentTrash => "/documents/trash".to_owned(),
            Self::Document(id) => format!("/documents/{id}"),
            Self::Tasks => "/tasks".to_owned(),
            Self::NewTask => "/tasks/new".to_owned(),
            Self::Task(id) => format!("/tasks/{id}"),
            Self::Notes => "/notes".to_owned(),
            Self::Messages => "/messages".to_owned(),
            Self::NewThread => "/messages/new".to_owned(),
            Self::Thread(id) => format!("/messages/{id}"),
            Self::Calendar => "/calendar".to_owned(),
            Self::NewAppointment => "/appointments/new".to_owned(),
            Self::Appointment(id) => format!("/appointments/{id}"),
            Self::Tags => "/tags".to_owned(),
            Self::BulkActions => "/recent-changes".to_owned(),
            Self::Departments => "/departments".to_owned(),
            Self::Audit => "/audit".to_owned(),
            Self::Jobs => "/admin/jobs".to_owned(),
            Self::Team => "/team".to_owned(),
            Self::Roles => "/team/roles".to_owned(),
            Self::NewRole => "/team/roles/new".to_owned(),
            Self::Role(key) => format!("/team/roles/{key}"),
            Self::AcceptInvitation => "/accept-invitation".to_owned(),
            Self::Gallery => "/ui".to_owned(),
        }
    }

    /// The login page that leads back to `path` afterwards.
    pub fn login_then(path: &str) -> String {
        let query = crate::api::QueryString::new();
        let query = if is_worth_returning(path) { query.with("next", path) } else { query };
        query.on(&Self::Login.path())
    }

    /// Where `next` leads after a login: a path of this app, else the start page.
    pub fn after_login(next: Option<String>) -> String {
        next.filter(|path| is_worth_returning(path)).unwrap_or_else(|| Self::Home.path())
    }
}

/// A path of ours that is neither the start page nor a way to log in. Foreign addresses in
/// `next` (`//example.com`, `/\example.com`) are not followed.
fn is_worth_returning(path: &str) -> bool {
    let own = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.contains(char::is_control);
    let page = path.split(['?', '#']).next().unwrap_or_default();
    own && !["/", "/login", "/register"].contains(&page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_pages_are_returned_to() {
        let after = |next: &str| Route::after_login(Some(next.to_owned()));
        assert_eq!(after("/contacts?page=2"), "/contacts?page=2");
        for bad in ["//evil.example", "/\\evil.example", "https://evil.example", "/login?next=/a"] {
            assert_eq!(after(bad), "/", "{bad}");
        }
        assert_eq!(Route::after_login(None), "/");
        assert_eq!(Route::login_then("/contacts?page=2"), "/login?next=%2Fcontacts%3Fpage%3D2");
        assert_eq!(Route::login_then("/"), "/login");
    }
}
