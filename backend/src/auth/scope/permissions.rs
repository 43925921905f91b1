//! The permissions that handlers name in their signatures.

use super::Needs;
use ebenezer_shared::permission::{Action, Module, Permission};

macro_rules! permissions {
    ($($name:ident = $module:ident . $action:ident),* $(,)?) => {$(
        #[doc = concat!("`", stringify!($module), ".", stringify!($action), "`")]
        pub struct $name;

        impl Needs for $name {
            const PERMISSION: Permission =
                Permission::Module(Module::$module, Action::$action);
        }
    )*};
}

permissions! {
    AppointmentsView = Appointments.View,
    AppointmentsAdd = Appointments.Add,
    AppointmentsChange = Appointments.Change,
    AppointmentsDelete = Appointments.Delete,
    ContactsView = Contacts.View,
    ContactsAdd = Contacts.Add,
    ContactsChange = Contacts.Change,
    ContactsDelete = Contacts.Delete,
    CorporationsView = Corporations.View,
    CorporationsAdd = Corporations.Add,
    CorporationsChange = Corporations.Change,
    CorporationsDelete = Corporations.Delete,
    CasesView = Cases.View,
    CasesAdd = Cases.Add,
    CasesChange = Cases.Change,
    CasesDelete = Cases.Delete,
    DashboardView = Dashboard.View,
    DepartmentsView = Departments.View,
    DepartmentsAdd = Departments.Add,
    DepartmentsChange = Departments.Change,
    DepartmentsDelete = Departments.Delete,
    DocumentsView = Documents.View,
    DocumentsAdd = Documents.Add,
    DocumentsChange = Documents.Change,
    DocumentsDelete = Documents.Delete,
    MessagesAdd = Messages.Add,
    MessagesChange = Messages.Change,
    MessagesDelete = Messages.Delete,
    MessagesView = Messages.View,
    NotesAdd = Notes.Add,
    NotesView = Notes.View,
    SettingsView = Settings.View,
    SettingsChange = Settings.Change,
    TasksView = Tasks.View,
    TasksAdd = Tasks.Add,
    TasksChange = Tasks.Change,
    TasksDelete = Tasks.Delete,
    TeamView = Team.View,
    TeamAdd = Team.Add,
    TeamChange = Team.Change,
    TeamDelete = Team.Delete,
}

/// `audit.view`
pub struct AuditView;

impl Needs for AuditView {
    const PERMISSION: Permission = Permission::Named(ebenezer_shared::permission::Named::AuditView);
}

/// `bulk.run`
pub struct BulkRun;

impl Needs for BulkRun {
    const PERMISSION: Permission = Permission::Named(ebenezer_shared::permission::Named::BulkRun);
}

/// `pii.reveal`
pub struct PiiReveal;

impl Needs for PiiReveal {
    const PERMISSION: Permission = Permission::Named(ebenezer_shared::permission::Named::PiiReveal);
}
