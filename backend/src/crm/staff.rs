//! The firm's people as its own plane knows them.
//!
//! The truth is in the platform plane (`memberships`, `users`). [`project`] writes what of it
//! this plane shows; `crate::team::news` sees to it that it does after every change.

use crate::auth::TenantScope;
use crate::db::{self, TenantOwned};
use crate::error::ApiError;
use crate::platform::{membership, user};
use sea_orm::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait as _, OnConflict};

use super::departments::entity as department;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub full_name: String,
    pub email: String,
    pub is_active: bool,
    pub department_id: Option<Uuid>,
    /// Of the membership that the row shows.
    pub version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TenantOwned for Entity {
    fn tenant_column() -> Column {
        Column::TenantId
    }

    fn id_column() -> Column {
        Column::Id
    }
}

/// Writes a membership as the firm's plane shows it: the one way in which a staff row comes
/// to be or changes. Twice is as good as once, and an older version changes nothing.
pub async fn project(
    db: &impl ConnectionTrait,
    membership: &membership::Model,
    user: &user::Model,
) -> Result<(), DbErr> {
    let tenant = membership.tenant_id;
    // A department that went while somebody was put into it counts as none.
    let department = match membership.department_id {
        Some(id) => db::by_id::<department::Entity>(tenant, id).count(db).await? > 0,
        None => false,
    };
    let row = ActiveModel {
        tenant_id: Set(tenant),
        id: Set(user.id),
        full_name: Set(user.full_name.clone()),
        email: Set(user.email.clone()),
        is_active: Set(membership.is_active && user.is_active),
        department_id: Set(membership.department_id.filter(|_| department)),
        version: Set(membership.version),
    };
    let shown =
        [Column::FullName, Column::Email, Column::IsActive, Column::DepartmentId, Column::Version];
    let newer = OnConflict::columns([Column::TenantId, Column::Id])
        .update_columns(shown)
        .action_and_where(Expr::col((Entity, Column::Version)).lt(membership.version))
        .to_owned();
    #[expect(clippy::disallowed_methods, reason = "the row carries the membership's firm")]
    Entity::insert(row).on_conflict(newer).exec_without_returning(db).await?;
    Ok(())
}

/// 422 when the firm has no such active colleague.
pub async fn check(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<(), ApiError> {
    check_named(scope, db, "owner_id", id).await
}

/// [`check`] where another field names the colleague.
pub async fn check_named(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    field: &'static str,
    id: Uuid,
) -> Result<(), ApiError> {
    let found = scope.by_id::<Entity>(id).filter(Column::IsActive.eq(true)).one(db).await?;
    found.map(|_| ()).ok_or_else(|| ApiError::invalid(field, "unknown_reference"))
}
