//! What modules, groups, actions and permissions are called.

use ebenezer_shared::locale::{Locale, Text};
use ebenezer_shared::permission::{Action, Module, ModuleGroup, Named, Permission};
use ebenezer_shared::texts::{actions, module_groups as g, modules as m, named_permissions as n};

pub const fn module_text(module: Module) -> Text {
    match module {
        Module::Dashboard => m::DASHBOARD,
        Module::Settings => m::SETTINGS,
        Module::Team => m::TEAM,
        Module::Departments => m::DEPARTMENTS,
        Module::Contacts => m::CONTACTS,
        Module::Corporations => m::CORPORATIONS,
        Module::Cases => m::CASES,
        Module::Documents => m::DOCUMENTS,
        Module::Appointments => m::APPOINTMENTS,
        Module::Tasks => m::TASKS,
        Module::Notes => m::NOTES,
        Module::Messages => m::MESSAGES,
        Module::Requests => m::REQUESTS,
        Module::Contracts => m::CONTRACTS,
        Module::Portal => m::PORTAL,
        Module::Orders => m::ORDERS,
        Module::Payments => m::PAYMENTS,
        Module::Inventory => m::INVENTORY,
        Module::Assets => m::ASSETS,
        Module::Production => m::PRODUCTION,
        Module::Expenses => m::EXPENSES,
        Module::Reports => m::REPORTS,
        Module::Data => m::DATA,
    }
}

pub const fn group_text(group: ModuleGroup) -> Text {
    match group {
        ModuleGroup::Core => g::CORE,
        ModuleGroup::Crm => g::CRM,
        ModuleGroup::Commerce => g::COMMERCE,
        ModuleGroup::Operations => g::OPERATIONS,
        ModuleGroup::Finance => g::FINANCE,
        ModuleGroup::Analytics => g::ANALYTICS,
    }
}

pub const fn action_text(action: Action) -> Text {
    match action {
        Action::View => actions::VIEW,
        Action::Add => actions::ADD,
        Action::Change => actions::CHANGE,
        Action::Delete => actions::DELETE,
    }
}

/// What a named permission allows, in a sentence.
pub const fn named_text(named: Named) -> Text {
    match named {
        Named::RequestsViewAll => n::REQUESTS_VIEW_ALL,
        Named::BulkRun => n::BULK_RUN,
        Named::ApiKeysManage => n::API_KEYS_MANAGE,
        Named::WebhooksManage => n::WEBHOOKS_MANAGE,
        Named::BillingManage => n::BILLING_MANAGE,
        Named::AuditView => n::AUDIT_VIEW,
        Named::PiiReveal => n::PII_REVEAL,
        Named::DocumentsViewAllDepartments => n::DOCUMENTS_VIEW_ALL_DEPARTMENTS,
    }
}

/// A permission by its name on the wire: “Contactos: ver”.
pub fn permission_text(locale: Locale, name: &str) -> String {
    match name.parse() {
        Ok(Permission::Module(module, action)) => {
            let action = action_text(action).get(locale).to_lowercase();
            format!("{}: {action}", module_text(module).get(locale))
        }
        Ok(Permission::Named(named)) => named_text(named).get(locale).to_owned(),
        Err(_) => name.to_owned(),
    }
}
