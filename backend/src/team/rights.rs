//! Who may make whom what: nobody gives, or takes, more than they have.

use crate::error::{ApiError, Refusal};
use crate::platform::membership::{self, Seat};
use ebenezer_shared::permission::{PermissionSet, Role};
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::team::RoleKey;

/// What somebody may do in a firm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights {
    pub role: RoleKey,
    pub permissions: PermissionSet,
}

impl Rights {
    /// Those of a member.
    pub fn of(seat: &Seat) -> Self {
        Self { role: seat.role(), permissions: seat.permissions() }
    }

    /// Those of a role with single permissions beside it.
    pub fn granted(
        role: RoleKey,
        own: Option<&crate::platform::role::Model>,
        extra: PermissionSet,
    ) -> Self {
        Self { role, permissions: membership::role_permissions(role, own).union(extra) }
    }

    pub fn is_owner(&self) -> bool {
        self.role == RoleKey::BuiltIn(Role::Owner)
    }

    /// 403 unless who has these may give, or take away, those.
    pub fn cover(&self, others: &Self) -> Result<(), ApiError> {
        if others.is_owner() && !self.is_owner() {
            return Err(ProblemCode::OwnerRequired.into());
        }
        self.include(others.permissions)
    }

    /// 403 that names a permission of the set which is missing here.
    pub fn include(&self, permissions: PermissionSet) -> Result<(), ApiError> {
        match permissions.minus(self.permissions).iter().next() {
            None => Ok(()),
            Some(beyond) => Err(Refusal {
                required_permission: Some(beyond.to_string()),
                ..Refusal::new(ProblemCode::BeyondOwnPermissions)
            }
            .into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rights(role: Role, extra: &[&str]) -> Rights {
        let extra = extra.iter().map(|name| name.parse().unwrap()).collect();
        Rights::granted(RoleKey::BuiltIn(role), None, extra)
    }

    #[test]
    fn nobody_gives_what_they_lack() {
        let (owner, admin) = (rights(Role::Owner, &[]), rights(Role::Admin, &[]));
        let manager = rights(Role::Manager, &["team.change"]);
        assert!(owner.cover(&owner).is_ok() && owner.cover(&admin).is_ok());
        assert!(admin.cover(&admin).is_ok() && admin.cover(&owner).is_err());
        assert!(manager.cover(&rights(Role::Viewer, &[])).is_ok());
        assert!(manager.cover(&rights(Role::Viewer, &["bulk.run"])).is_ok());
        assert!(manager.cover(&rights(Role::Viewer, &["pii.reveal"])).is_err());
        assert!(manager.cover(&admin).is_err());
    }
}
