//! Who works at which firm, as what.

use super::{role, tenant, user};
use chrono::{DateTime, Utc};
use ebenezer_shared::permission::{Permission, PermissionSet, Role};
use ebenezer_shared::team::RoleKey;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{IntoActiveModel as _, QueryOrder as _};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "memberships")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub tenant_id: Uuid,
    /// Key of a built-in role; [`OWN`] when `role_id` names one of the firm's.
    pub role: String,
    pub role_id: Option<Uuid>,
    pub extra_permissions: Json,
    pub department_id: Option<Uuid>,
    pub is_active: bool,
    pub version: i32,
    pub last_login_at: Option<DateTimeUtc>,
    /// No longer of the firm; the row stays so that the person can come back.
    pub removed_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// What `role` says beside a `role_id`.
pub const OWN: &str = "own";

/// How the table holds a role.
pub fn role_columns(key: RoleKey) -> (String, Option<Uuid>) {
    match key {
        RoleKey::BuiltIn(role) => (role.as_str().to_owned(), None),
        RoleKey::Own(id) => (OWN.to_owned(), Some(id.into())),
    }
}

/// The role that the columns hold; shown as a viewer's, which reaches least, should they hold
/// none.
pub fn role_key(role: &str, role_id: Option<Uuid>) -> RoleKey {
    match role_id {
        Some(id) => RoleKey::Own(id.into()),
        None => RoleKey::BuiltIn(role.parse().unwrap_or(Role::Viewer)),
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::tenant::Entity",
        from = "Column::TenantId",
        to = "super::tenant::Column::Id"
    )]
    Tenant,
    #[sea_orm(
        belongs_to = "super::user::Entity",
        from = "Column::UserId",
        to = "super::user::Column::Id"
    )]
    User,
    #[sea_orm(
        belongs_to = "super::role::Entity",
        from = "Column::RoleId",
        to = "super::role::Column::Id"
    )]
    Role,
}

impl Related<tenant::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Tenant.def()
    }
}

impl Related<user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl Related<role::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Role.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// A new member's.
    pub fn new(user: Uuid, tenant: Uuid, role: RoleKey, now: DateTime<Utc>) -> Self {
        let (role, role_id) = role_columns(role);
        Self {
            id: Uuid::now_v7(),
            user_id: user,
            tenant_id: tenant,
            role,
            role_id,
            extra_permissions: serde_json::json!([]),
            department_id: None,
            is_active: true,
            version: 1,
            last_login_at: None,
            removed_at: None,
            created_at: now,
            updated_at: now,
        }
    }
}

pub async fn insert(db: &impl ConnectionTrait, membership: &Model) -> Result<(), DbErr> {
    let row = membership.clone().into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(db).await.map(|_| ())
}

/// Writes every column of the membership.
pub async fn save(db: &impl ConnectionTrait, membership: &Model) -> Result<(), DbErr> {
    let row = membership.clone().into_active_model().reset_all();
    Entity::update(row).exec_without_returning(db).await.map(|_| ())
}

/// A membership with the firm's own role, if it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    pub membership: Model,
    pub own_role: Option<role::Model>,
}

impl Seat {
    pub fn role(&self) -> RoleKey {
        role_key(&self.membership.role, self.membership.role_id)
    }

    pub fn extra_permissions(&self) -> PermissionSet {
        stored_permissions(&self.membership.extra_permissions)
    }

    /// What role and single grants allow together. A role that is none allows nothing.
    pub fn permissions(&self) -> PermissionSet {
        let Model { role, role_id, .. } = &self.membership;
        let known = role_id.is_some() || role.parse::<Role>().is_ok();
        let role = if known {
            role_permissions(self.role(), self.own_role.as_ref())
        } else {
            PermissionSet::default()
        };
        role.union(self.extra_permissions())
    }
}

/// A list of permissions as a table holds it; names that are none are passed over.
pub fn stored_permissions(names: &serde_json::Value) -> PermissionSet {
    let names = names.as_array().into_iter().flatten();
    names.filter_map(|name| name.as_str()?.parse::<Permission>().ok()).collect()
}

/// What a role allows; nothing when it is the firm's own and is not given.
pub fn role_permissions(key: RoleKey, own: Option<&role::Model>) -> PermissionSet {
    match key {
        RoleKey::BuiltIn(role) => role.permissions(),
        RoleKey::Own(_) => own.map(role::Model::permissions).unwrap_or_default(),
    }
}

/// The user's place in a firm, with the firm; none when not a member (any more).
pub async fn of_user_in(
    db: &impl ConnectionTrait,
    user: Uuid,
    tenant: Uuid,
) -> Result<Option<(Seat, tenant::Model)>, DbErr> {
    let found = Entity::find()
        .filter(Column::UserId.eq(user))
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::IsActive.eq(true))
        .find_also_related(tenant::Entity)
        .find_also_related(role::Entity)
        .one(db)
        .await?;
    Ok(found.and_then(with_tenant))
}

fn with_tenant(
    (membership, tenant, own_role): (Model, Option<tenant::Model>, Option<role::Model>),
) -> Option<(Seat, tenant::Model)> {
    Some((Seat { membership, own_role }, tenant?))
}

/// All firms of the user, by name.
pub async fn of_user(
    db: &impl ConnectionTrait,
    user: Uuid,
) -> Result<Vec<(Seat, tenant::Model)>, DbErr> {
    let found = Entity::find()
        .filter(Column::UserId.eq(user))
        .filter(Column::IsActive.eq(true))
        .find_also_related(tenant::Entity)
        .find_also_related(role::Entity)
        .order_by_asc(tenant::Column::Company)
        .all(db)
        .await?;
    Ok(found.into_iter().filter_map(with_tenant).collect())
}

/// Whether any firm lets the user in.
pub async fn has_any(db: &impl ConnectionTrait, user: Uuid) -> Result<bool, DbErr> {
    let theirs = Entity::find().filter(Column::UserId.eq(user)).filter(Column::IsActive.eq(true));
    Ok(theirs.one(db).await?.is_some())
}

/// The row of somebody in a firm, whatever became of it.
pub async fn any_of_user_in(
    db: &impl ConnectionTrait,
    user: Uuid,
    tenant: Uuid,
) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::UserId.eq(user)).filter(Column::TenantId.eq(tenant)).one(db).await
}

/// How many people work at the firm.
pub async fn active_users(db: &impl ConnectionTrait, tenant: Uuid) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::TenantId.eq(tenant))
        .filter(Column::IsActive.eq(true))
        .count(db)
        .await
}

/// Keeps when the user last entered the firm.
pub async fn entered(
    db: &impl ConnectionTrait,
    user: Uuid,
    tenant: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .filter(Column::UserId.eq(user))
        .filter(Column::TenantId.eq(tenant))
        .col_expr(Column::LastLoginAt, Expr::value(now))
        .exec(db)
        .await?;
    Ok(())
}
