//! Which folders somebody sees: those of their department and those of none.

use super::entity::{Column, Entity};
use crate::auth::TenantScope;
use crate::error::ApiError;
use ebenezer_shared::permission::{Named, Permission};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait as _, Condition, QueryFilter as _, QuerySelect as _, QueryTrait as _, Select,
};
use uuid::Uuid;

/// How far somebody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    Everything,
    /// What belongs to no department, and to this one.
    Department(Option<Uuid>),
}

impl Sight {
    pub fn of(scope: &TenantScope) -> Self {
        let all = Permission::Named(Named::DocumentsViewAllDepartments);
        if scope.may(all) { Self::Everything } else { Self::Department(scope.place().department) }
    }

    /// Whether folders of that department are seen.
    pub fn sees(self, department: Option<Uuid>) -> bool {
        match self {
            Self::Everything => true,
            Self::Department(own) => department.is_none() || department == own,
        }
    }

    /// 422 for a department that a folder may not be given by who sees so far.
    pub fn check(self, department: Option<Uuid>) -> Result<(), ApiError> {
        if self.sees(department) {
            Ok(())
        } else {
            Err(ApiError::invalid("department_id", "other_department"))
        }
    }

    fn condition(self) -> Condition {
        match self {
            Self::Everything => Condition::all(),
            Self::Department(own) => Condition::any()
                .add(Column::DepartmentId.is_null())
                .add_option(own.map(|own| Column::DepartmentId.eq(own))),
        }
    }
}

/// The firm's folders that the caller sees.
pub fn visible(scope: &TenantScope) -> Select<Entity> {
    scope.select::<Entity>().filter(Sight::of(scope).condition())
}

/// Their ids, for conditions on what lies in them.
pub fn visible_ids(scope: &TenantScope, which: Condition) -> SelectStatement {
    visible(scope).filter(which).select_only().column(Column::Id).into_query()
}
