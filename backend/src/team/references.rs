//! What members and invitations refer to: departments and roles.

use crate::auth::TenantScope;
use crate::crm::departments::entity as department;
use crate::db;
use crate::error::ApiError;
use crate::platform::{role, tenant};
use crate::state::AppState;
use ebenezer_shared::crm::department::DepartmentRef;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::team::{RoleKey, RoleRef};
use sea_orm::{ConnectionTrait, DbErr};
use std::collections::HashMap;
use uuid::Uuid;

/// The firm's departments as records name them.
pub struct Departments(HashMap<Uuid, DepartmentRef>);

impl Departments {
    /// All of them. They live in the firm's plane: to be read before a transaction of the
    /// platform plane starts.
    pub async fn read(scope: &TenantScope) -> Result<Self, DbErr> {
        let rows = scope.select::<department::Entity>().all(scope.db()).await?;
        Ok(Self::from_rows(rows))
    }

    /// Those of a firm that somebody is about to join.
    pub async fn of(state: &AppState, tenant: &tenant::Model) -> Result<Self, ApiError> {
        let db = state.planes.tenant(tenant)?;
        Ok(Self::from_rows(db::select::<department::Entity>(tenant.id).all(&db).await?))
    }

    fn from_rows(rows: Vec<department::Model>) -> Self {
        let entry = |row: department::Model| {
            (row.id, DepartmentRef { id: row.id.into(), name: row.name, color: row.color })
        };
        Self(rows.into_iter().map(entry).collect())
    }

    /// None when there is no such department (any more).
    pub fn get(&self, id: Option<Uuid>) -> Option<DepartmentRef> {
        self.0.get(&id?).cloned()
    }

    /// 422 when the firm has no such department.
    pub fn check(&self, id: Uuid) -> Result<(), ApiError> {
        if self.0.contains_key(&id) {
            Ok(())
        } else {
            Err(ApiError::invalid("department_id", "unknown_reference"))
        }
    }
}

/// The role as members name it.
pub fn role_ref(key: RoleKey, own: Option<&role::Model>, locale: Locale) -> RoleRef {
    let name = match key {
        RoleKey::BuiltIn(role) => role.label().get(locale).to_owned(),
        RoleKey::Own(_) => own.map(|role| role.name.clone()).unwrap_or_default(),
    };
    RoleRef { key, name }
}

/// The firm's own role that a request names; 422 when there is none. Built-in ones need no
/// row.
pub async fn own_role(
    db: &impl ConnectionTrait,
    tenant: Uuid,
    key: RoleKey,
) -> Result<Option<role::Model>, ApiError> {
    let RoleKey::Own(id) = key else { return Ok(None) };
    let found = role::find(db, tenant, id.into()).await?;
    found.map(Some).ok_or_else(|| ApiError::invalid("role", "unknown_reference"))
}
