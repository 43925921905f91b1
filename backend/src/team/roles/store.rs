//! Reading and writing roles.

#![expect(
    clippy::disallowed_methods,
    reason = "rows of the platform plane; each query names the scope's firm"
)]

use crate::db::normalize;
use crate::error::ApiError;
use crate::platform::role::{self, Model};
use crate::platform::{invitation, membership};
use ebenezer_shared::ids::RoleId;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::permission::Role;
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::team::{RoleKey, TeamRole};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DatabaseTransaction, DbErr,
    EntityTrait, FromQueryResult, IntoActiveModel as _, QueryFilter as _, QuerySelect as _, Select,
    SqlErr,
};
use std::collections::HashMap;
use uuid::Uuid;

/// How many have each role, and how many are promised it.
#[derive(Default)]
pub struct Uses {
    members: HashMap<RoleKey, u64>,
    invitations: HashMap<RoleKey, u64>,
}

#[derive(FromQueryResult)]
struct Count {
    role: String,
    role_id: Option<Uuid>,
    uses: i64,
}

async fn count<E: EntityTrait>(
    db: &impl ConnectionTrait,
    rows: Select<E>,
    columns: [E::Column; 2],
) -> Result<HashMap<RoleKey, u64>, DbErr> {
    let counts = rows
        .select_only()
        .columns(columns)
        .expr_as(SimpleExpr::from(Expr::cust("count(*)")), "uses")
        .group_by(columns[0])
        .group_by(columns[1])
        .into_model::<Count>()
        .all(db)
        .await?;
    let entry = |count: Count| {
        let key = membership::role_key(&count.role, count.role_id);
        (key, u64::try_from(count.uses).unwrap_or_default())
    };
    Ok(counts.into_iter().map(entry).collect())
}

impl Uses {
    /// Those of a firm.
    pub async fn read(db: &impl ConnectionTrait, tenant: Uuid) -> Result<Self, DbErr> {
        use invitation::Column as I;
        use membership::Column as M;
        let members = membership::Entity::find()
            .filter(M::TenantId.eq(tenant))
            .filter(M::RemovedAt.is_null());
        let invitations = invitation::Entity::find()
            .filter(I::TenantId.eq(tenant))
            .filter(I::AcceptedAt.is_null())
            .filter(I::RevokedAt.is_null());
        Ok(Self {
            members: count(db, members, [M::Role, M::RoleId]).await?,
            invitations: count(db, invitations, [I::Role, I::RoleId]).await?,
        })
    }

    fn of(&self, key: RoleKey) -> (u64, u64) {
        let get = |uses: &HashMap<RoleKey, u64>| uses.get(&key).copied().unwrap_or_default();
        (get(&self.members), get(&self.invitations))
    }
}

/// A role that every firm has.
pub fn built_in(role: Role, uses: &Uses, locale: Locale) -> TeamRole {
    let id = RoleKey::BuiltIn(role);
    let (member_count, invitation_count) = uses.of(id);
    TeamRole {
        id,
        name: role.label().get(locale).to_owned(),
        description: Some(role.description().get(locale).to_owned()),
        is_builtin: true,
        permissions: role.permissions(),
        member_count,
        invitation_count,
        created_at: None,
        updated_at: None,
    }
}

/// A role of the firm's own.
pub fn own(role: &Model, uses: &Uses) -> TeamRole {
    let id = RoleKey::Own(role.id.into());
    let (member_count, invitation_count) = uses.of(id);
    TeamRole {
        id,
        name: role.name.clone(),
        description: role.description.clone(),
        is_builtin: false,
        permissions: role.permissions(),
        member_count,
        invitation_count,
        created_at: Some(role.created_at),
        updated_at: Some(role.updated_at),
    }
}

/// The firm's own role of that id; 404 when it has none.
pub async fn find(db: &impl ConnectionTrait, tenant: Uuid, id: RoleId) -> Result<Model, ApiError> {
    role::find(db, tenant, id.into()).await?.ok_or_else(|| ProblemCode::NotFound.into())
}

/// The key by which names are compared; 409 for the name of a role that every firm has.
pub fn name_key(name: &str) -> Result<String, ApiError> {
    let key = normalize(name);
    let is_built_in = Role::ALL
        .iter()
        .any(|role| Locale::ALL.iter().any(|locale| normalize(role.label().get(*locale)) == key));
    if is_built_in { Err(taken()) } else { Ok(key) }
}

fn taken() -> ApiError {
    ApiError::field(ProblemCode::Duplicate, "name", "taken")
}

fn lost_race(error: DbErr) -> ApiError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => taken(),
        _ => error.into(),
    }
}

/// Writes a new role; 409 when another has its name.
pub async fn insert(tx: &DatabaseTransaction, role: &Model) -> Result<(), ApiError> {
    let row = role.clone().into_active_model().reset_all();
    role::Entity::insert(row).exec_without_returning(tx).await.map(|_| ()).map_err(lost_race)
}

/// Writes a role that changed; 409 when another has its name.
pub async fn save(tx: &DatabaseTransaction, role: &Model) -> Result<(), ApiError> {
    let row = role.clone().into_active_model().reset_all();
    role::Entity::update(row).exec_without_returning(tx).await.map(|_| ()).map_err(lost_race)
}

/// Deletes a role that nobody has and nobody is promised; what is over forgets it.
pub async fn delete(tx: &DatabaseTransaction, id: Uuid) -> Result<(), DbErr> {
    let none = || Expr::value(Option::<Uuid>::None);
    membership::Entity::update_many()
        .filter(membership::Column::RoleId.eq(id))
        .filter(membership::Column::RemovedAt.is_not_null())
        .col_expr(membership::Column::RoleId, none())
        .exec(tx)
        .await?;
    invitation::Entity::update_many()
        .filter(invitation::Column::RoleId.eq(id))
        .col_expr(invitation::Column::RoleId, none())
        .exec(tx)
        .await?;
    role::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}
