//! Many permissions at once.

use super::{Action, Module, Permission};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A set of permissions; on the wire a list of their names. Unknown names are passed over,
/// so that an older browser works with a newer server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PermissionSet(u128);

impl PermissionSet {
    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & permission.bit() != 0
    }

    /// Whether the set allows the action on the module.
    pub const fn allows(self, module: Module, action: Action) -> bool {
        self.contains(Permission::Module(module, action))
    }

    pub const fn insert(&mut self, permission: Permission) {
        self.0 |= permission.bit();
    }

    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub const fn remove(&mut self, permission: Permission) {
        self.0 &= !permission.bit();
    }

    /// What stands in this set and not in the other.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// What stands in one of the sets and not in both.
    #[must_use]
    pub const fn difference(self, other: Self) -> Self {
        Self(self.0 ^ other.0)
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::all().filter(move |permission| self.contains(*permission))
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        let mut set = Self::default();
        for permission in permissions {
            set.insert(permission);
        }
        set
    }
}

impl Serialize for PermissionSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|permission| permission.to_string()))
    }
}

impl<'de> Deserialize<'de> for PermissionSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let names = Vec::<String>::deserialize(deserializer)?;
        Ok(names.iter().filter_map(|name| name.parse().ok()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permission::Role;

    #[test]
    fn sets_tell_what_sets_them_apart() {
        let (viewer, member) = (Role::Viewer.permissions(), Role::Member.permissions());
        assert!(viewer.minus(member).is_empty() && !member.minus(viewer).is_empty());
        assert_eq!(viewer.difference(member), member.minus(viewer));
        let mut less = viewer;
        less.remove("dashboard.view".parse().unwrap());
        assert_eq!(viewer.minus(less).iter().count(), 1);
    }

    #[test]
    fn a_set_is_a_list_of_names_on_the_wire() {
        let set = Role::Viewer.permissions();
        let json = serde_json::to_string(&set).unwrap();
        assert!(json.contains("\"contacts.view\""));
        assert_eq!(serde_json::from_str::<PermissionSet>(&json).unwrap(), set);
    }
}
