//! Who works at which firm, as what.

use super::tenant;
use ebenezer_shared::permission::{Permission, PermissionSet, Role};
use sea_orm::QueryOrder as _;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "memberships")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub tenant_id: Uuid,
    pub role: String,
    pub extra_permissions: Json,
    pub is_active: bool,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::tenant::Entity",
        from = "Column::TenantId",
        to = "super::tenant::Column::Id"
    )]
    Tenant,
}

impl Related<tenant::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Tenant.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// What role and single grants allow together.
    pub fn permissions(&self) -> PermissionSet {
        let role = self.role.parse::<Role>().map(Role::permissions).unwrap_or_default();
        let extra = self
            .extra_permissions
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|name| name.as_str()?.parse::<Permission>().ok())
            .collect::<PermissionSet>();
        role.union(extra)
    }
}

/// The user's place in a firm, with the firm; none when not a member (any more).
pub async fn of_user_in(
    db: &impl ConnectionTrait,
    user: Uuid,
    tenant: Uuid,
) -> Result<Option<(Model, tenant::Model)>, DbErr> {
    let found = Entity::find()
        .filter(Column::UserId.eq(user))
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::IsActive.eq(true))
        .find_also_related(tenant::Entity)
        .one(db)
        .await?;
    Ok(found.and_then(|(membership, tenant)| Some((membership, tenant?))))
}

/// All firms of the user, by name.
pub async fn of_user(
    db: &impl ConnectionTrait,
    user: Uuid,
) -> Result<Vec<(Model, tenant::Model)>, DbErr> {
    let found = Entity::find()
        .filter(Column::UserId.eq(user))
        .filter(Column::IsActive.eq(true))
        .find_also_related(tenant::Entity)
        .order_by_asc(tenant::Column::Company)
        .all(db)
        .await?;
    Ok(found.into_iter().filter_map(|(membership, tenant)| Some((membership, tenant?))).collect())
}

/// How many people work at the firm.
pub async fn active_users(db: &impl ConnectionTrait, tenant: Uuid) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::IsActive.eq(true))
        .count(db)
        .await
}
