//! Who may do what: modules, actions, permissions, roles.

mod set;

pub use set::PermissionSet;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// An enum of `snake_case` names: the same on the wire, in the database and in the code.
macro_rules! named_enum {
    (
        $(#[doc = $doc:literal])*
        $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),* $(,)? }
    ) => {
        $(#[doc = $doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),* }

        // Written out: the derive does not see names that a macro gives.
        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                use utoipa::openapi::schema::{ObjectBuilder, Type};
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .description(Some(concat!($($doc),*).trim()))
                    .enum_values(Some([$($text),*]))
                    .into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}

        impl $name {
            /// Every one of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::permission::UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)*
                    _ => Err($crate::permission::UnknownName),
                }
            }
        }
    };
}

pub(crate) use named_enum;

/// A name that stands in no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownName;

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown name")
    }
}

impl std::error::Error for UnknownName {}

named_enum! {
    /// A part of the product that a firm may have and a role may reach.
    Module {
        Dashboard = "dashboard",
        Settings = "settings",
        Team = "team",
        Departments = "departments",
        Contacts = "contacts",
        Corporations = "corporations",
        Cases = "cases",
        Documents = "documents",
        Appointments = "appointments",
        Tasks = "tasks",
        Notes = "notes",
        Messages = "messages",
        Requests = "requests",
        Contracts = "contracts",
        Portal = "portal",
        Orders = "orders",
        Payments = "payments",
        Inventory = "inventory",
        Assets = "assets",
        Production = "production",
        Expenses = "expenses",
        Reports = "reports",
        Data = "data",
    }
}

named_enum! {
    /// Modules that roles treat alike.
    ModuleGroup {
        Core = "core",
        Crm = "crm",
        Commerce = "commerce",
        Operations = "operations",
        Finance = "finance",
        Analytics = "analytics",
    }
}

named_enum! {
    /// What one does to the things of a module.
    Action { View = "view", Add = "add", Change = "change", Delete = "delete" }
}

named_enum! {
    /// Permissions outside the module × action table.
    Named {
        /// See everybody's requests, not only one's own.
        RequestsViewAll = "requests.view_all",
        /// Change many rows at once.
        BulkRun = "bulk.run",
        /// Make and revoke API keys.
        ApiKeysManage = "api_keys.manage",
        /// Make and change webhooks.
        WebhooksManage = "webhooks.manage",
        /// Change plan and payment.
        BillingManage = "billing.manage",
        /// Read the audit log.
        AuditView = "audit.view",
        /// See a whole tax number or date of birth.
        PiiReveal = "pii.reveal",
        /// See documents of every department.
        DocumentsViewAllDepartments = "documents.view_all_departments",
    }
}

impl Module {
    /// The group that the role table speaks of.
    pub const fn group(self) -> ModuleGroup {
        match self {
            Self::Dashboard | Self::Settings | Self::Team | Self::Departments => ModuleGroup::Core,
            Self::Contacts
            | Self::Corporations
            | Self::Cases
            | Self::Documents
            | Self::Appointments
            | Self::Tasks
            | Self::Notes
            | Self::Messages
            | Self::Requests
            | Self::Contracts
            | Self::Portal => ModuleGroup::Crm,
            Self::Orders | Self::Payments | Self::Inventory => ModuleGroup::Commerce,
            Self::Assets | Self::Production => ModuleGroup::Operations,
            Self::Expenses => ModuleGroup::Finance,
            Self::Reports | Self::Data => ModuleGroup::Analytics,
        }
    }
}

/// One permission: `contacts.view` or one of the named ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Permission {
    Module(Module, Action),
    Named(Named),
}

impl Permission {
    /// Every permission there is.
    pub fn all() -> impl Iterator<Item = Self> {
        Module::ALL
            .iter()
            .flat_map(|module| Action::ALL.iter().map(|action| Self::Module(*module, *action)))
            .chain(Named::ALL.iter().map(|named| Self::Named(*named)))
    }

    /// Whether who has it changes nothing by it: such go on in a paused firm.
    pub const fn only_reads(self) -> bool {
        match self {
            Self::Module(_, action) => matches!(action, Action::View),
            Self::Named(named) => matches!(
                named,
                Named::RequestsViewAll
                    | Named::AuditView
                    | Named::PiiReveal
                    | Named::DocumentsViewAllDepartments
            ),
        }
    }

    const fn bit(self) -> u128 {
        let index = match self {
            Self::Module(module, action) => module as u32 * 4 + action as u32,
            Self::Named(named) => 112 + named as u32,
        };
        1 << index
    }

    /// The module that the firm's product must have.
    pub const fn module(self) -> Option<Module> {
        match self {
            Self::Module(module, _) => Some(module),
            Self::Named(Named::RequestsViewAll) => Some(Module::Requests),
            Self::Named(Named::DocumentsViewAllDepartments) => Some(Module::Documents),
            Self::Named(_) => None,
        }
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Module(module, action) => write!(f, "{}.{}", module.as_str(), action.as_str()),
            Self::Named(named) => f.write_str(named.as_str()),
        }
    }
}

impl Serialize for Permission {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Permission {
    /// Unlike a [`PermissionSet`], a single name must be a known one: what is granted must
    /// be what was meant.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        name.parse().map_err(|_| D::Error::unknown_variant(&name, &["contacts.view"]))
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Permission {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("`module.action`, or one of the named permissions"))
            .enum_values(Some(Self::all().map(|permission| permission.to_string())))
            .build()
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Permission {}

impl FromStr for Permission {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(named) = text.parse() {
            return Ok(Self::Named(named));
        }
        let (module, action) = text.split_once('.').ok_or(UnknownName)?;
        Ok(Self::Module(module.parse()?, action.parse()?))
    }
}

named_enum! {
    /// The roles that every firm has. A firm's own roles come from the database.
    Role {
        Owner = "owner",
        Admin = "admin",
        Manager = "manager",
        Member = "member",
        Sales = "sales",
        Production = "production",
        Operator = "operator",
        Viewer = "viewer",
    }
}

const NONE: &[Action] = &[];
const VIEW: &[Action] = &[Action::View];
const WORK: &[Action] = &[Action::View, Action::Add, Action::Change];
const EVERYTHING: &[Action] = Action::ALL;

impl Role {
    /// What the role may do in a group of modules.
    const fn actions(self, group: ModuleGroup) -> &'static [Action] {
        use ModuleGroup as G;
        match (self, group) {
            (Self::Owner | Self::Admin, _) => EVERYTHING,
            (Self::Manager | Self::Member | Self::Sales, G::Crm)
            | (Self::Sales, G::Commerce)
            | (Self::Production, G::Operations) => WORK,
            (Self::Operator, G::Operations) => &[Action::View, Action::Change],
            (Self::Operator, G::Finance) => &[Action::View, Action::Add],
            (Self::Member | Self::Viewer, G::Finance) => NONE,
            _ => VIEW,
        }
    }

    /// All that the role may do.
    pub fn permissions(self) -> PermissionSet {
        let mut set = PermissionSet::default();
        for module in Module::ALL {
            // A viewer's core is the dashboard alone.
            if self == Self::Viewer
                && module.group() == ModuleGroup::Core
                && *module != Module::Dashboard
            {
                continue;
            }
            for action in self.actions(module.group()) {
                set.insert(Permission::Module(*module, *action));
            }
        }
        let named: &[Named] = match self {
            Self::Owner | Self::Admin => Named::ALL,
            Self::Manager => &[Named::RequestsViewAll, Named::BulkRun],
            _ => &[],
        };
        for permission in named {
            set.insert(Permission::Named(*permission));
        }
        set
    }
}

named_enum! {
    /// Whose credentials an operation serves.
    Audience { Staff = "staff", Portal = "portal", ApiKey = "api_key", Public = "public" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_permission_has_a_bit_of_its_own_and_reads_back() {
        let mut seen = 0u128;
        for permission in Permission::all() {
            assert_eq!(seen & permission.bit(), 0, "{permission}");
            seen |= permission.bit();
            assert_eq!(permission.to_string().parse(), Ok(permission));
        }
    }

    #[test]
    fn roles_hold_what_the_table_says() {
        let may = |role: Role, name: &str| role.permissions().contains(name.parse().unwrap());
        assert!(may(Role::Owner, "contacts.delete") && may(Role::Admin, "pii.reveal"));
        assert!(may(Role::Manager, "contacts.change") && !may(Role::Manager, "contacts.delete"));
        assert!(may(Role::Manager, "bulk.run") && !may(Role::Member, "bulk.run"));
        assert!(may(Role::Sales, "orders.add") && !may(Role::Member, "orders.add"));
        assert!(!may(Role::Member, "expenses.view") && may(Role::Operator, "expenses.add"));
        assert!(may(Role::Viewer, "dashboard.view") && !may(Role::Viewer, "team.view"));
        assert!(may(Role::Production, "contacts.view") && !may(Role::Production, "contacts.add"));
        assert!(may(Role::Operator, "assets.change") && !may(Role::Operator, "assets.add"));
    }

    #[test]
    fn a_single_name_must_be_known() {
        assert_eq!(
            serde_json::from_str::<Permission>("\"contacts.add\"").unwrap(),
            Permission::Module(Module::Contacts, Action::Add)
        );
        assert!(serde_json::from_str::<Permission>("\"contacts.fly\"").is_err());
    }
}
