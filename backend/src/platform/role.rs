//! Roles that firms made for themselves.

use ebenezer_shared::permission::PermissionSet;
use sea_orm::QueryOrder as _;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub name: String,
    pub name_key: String,
    pub description: Option<String>,
    pub permissions: Json,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// All that the role may do.
    pub fn permissions(&self) -> PermissionSet {
        super::membership::stored_permissions(&self.permissions)
    }
}

/// The firm's own roles, by name.
pub async fn of_tenant(db: &impl ConnectionTrait, tenant: Uuid) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::TenantId.eq(tenant)).order_by_asc(Column::NameKey).all(db).await
}

/// The firm's own role of that id.
pub async fn find(
    db: &impl ConnectionTrait,
    tenant: Uuid,
    id: Uuid,
) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).filter(Column::TenantId.eq(tenant)).one(db).await
}
