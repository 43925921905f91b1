//! Offers to join a firm.

use super::{role, tenant, user};
use chrono::{DateTime, TimeDelta, Utc};
use ebenezer_shared::locale::Locale;
use ebenezer_shared::permission::PermissionSet;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{Condition, QueryOrder as _};

/// How long a link is good.
pub const LIFETIME: TimeDelta = TimeDelta::days(7);

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub email: String,
    pub email_key: String,
    pub role: String,
    pub role_id: Option<Uuid>,
    pub extra_permissions: Json,
    pub department_id: Option<Uuid>,
    pub locale: String,
    pub message: Option<String>,
    pub token_hash: String,
    pub invited_by: Uuid,
    pub created_at: DateTimeUtc,
    pub sent_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub accepted_at: Option<DateTimeUtc>,
    pub revoked_at: Option<DateTimeUtc>,
    pub mail_job_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::role::Entity",
        from = "Column::RoleId",
        to = "super::role::Column::Id"
    )]
    Role,
    #[sea_orm(
        belongs_to = "super::user::Entity",
        from = "Column::InvitedBy",
        to = "super::user::Column::Id"
    )]
    Inviter,
    #[sea_orm(
        belongs_to = "super::tenant::Entity",
        from = "Column::TenantId",
        to = "super::tenant::Column::Id"
    )]
    Tenant,
}

impl Related<role::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Role.def()
    }
}

impl Related<user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Inviter.def()
    }
}

impl Related<tenant::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Tenant.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

/// An invitation, the firm's own role that it promises, and who sent it.
pub type Sent = (Model, Option<role::Model>, Option<user::Model>);

impl Model {
    pub fn extra_permissions(&self) -> PermissionSet {
        super::membership::stored_permissions(&self.extra_permissions)
    }

    pub fn locale(&self) -> Locale {
        if self.locale == "en" { Locale::En } else { Locale::Es }
    }

    /// Neither taken nor taken back; it may be too old.
    pub fn is_open(&self) -> bool {
        self.accepted_at.is_none() && self.revoked_at.is_none()
    }

    pub fn is_expired(&self, now: DateTime<Utc>) -> bool {
        self.expires_at <= now
    }
}

fn open(tenant: Uuid) -> Condition {
    Condition::all()
        .add(Column::TenantId.eq(tenant))
        .add(Column::AcceptedAt.is_null())
        .add(Column::RevokedAt.is_null())
}

fn sent() -> sea_orm::SelectThree<Entity, role::Entity, user::Entity, sea_orm::TopologyStar> {
    Entity::find().find_also_related(role::Entity).find_also_related(user::Entity)
}

/// The firm's open invitations, the newest first.
pub async fn open_of_tenant(db: &impl ConnectionTrait, tenant: Uuid) -> Result<Vec<Sent>, DbErr> {
    sent().filter(open(tenant)).order_by_desc(Column::Id).all(db).await
}

/// The firm's open invitation of that id.
pub async fn find_open(
    db: &impl ConnectionTrait,
    tenant: Uuid,
    id: Uuid,
) -> Result<Option<Sent>, DbErr> {
    sent().filter(open(tenant)).filter(Column::Id.eq(id)).one(db).await
}

/// The firm's open invitation of somebody.
pub async fn open_for(
    db: &impl ConnectionTrait,
    tenant: Uuid,
    email: &str,
) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(open(tenant))
        .filter(Column::EmailKey.eq(user::email_key(email)))
        .one(db)
        .await
}

/// Whether some firm's invitation to that email can still be accepted.
pub async fn is_asked(
    db: &impl ConnectionTrait,
    email: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let theirs = Entity::find()
        .filter(Column::EmailKey.eq(user::email_key(email)))
        .filter(Column::AcceptedAt.is_null())
        .filter(Column::RevokedAt.is_null())
        .filter(Column::ExpiresAt.gt(now));
    Ok(theirs.one(db).await?.is_some())
}

/// The invitation of a link, whatever became of it.
pub async fn by_token_hash(db: &impl ConnectionTrait, hash: &str) -> Result<Option<Sent>, DbErr> {
    sent().filter(Column::TokenHash.eq(hash)).one(db).await
}

/// Whether an invitation can still be accepted by the link of that hash.
pub async fn opens(
    db: &impl ConnectionTrait,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let invitation = Entity::find().filter(Column::TokenHash.eq(hash)).one(db).await?;
    Ok(invitation.is_some_and(|row| row.is_open() && !row.is_expired(now)))
}

/// How many invitations can still be accepted.
pub async fn count_pending(
    db: &impl ConnectionTrait,
    tenant: Uuid,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    Entity::find().filter(open(tenant)).filter(Column::ExpiresAt.gt(now)).count(db).await
}

/// Takes an invitation back.
pub async fn revoke(db: &impl ConnectionTrait, id: Uuid, now: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many()
        .filter(Column::Id.eq(id))
        .col_expr(Column::RevokedAt, Expr::value(now))
        .exec(db)
        .await?;
    Ok(())
}

/// Takes back what somebody sent in that firm and nobody has taken yet.
pub async fn revoke_of(
    db: &impl ConnectionTrait,
    tenant: Uuid,
    inviter: Uuid,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .filter(open(tenant))
        .filter(Column::InvitedBy.eq(inviter))
        .col_expr(Column::RevokedAt, Expr::value(now))
        .exec(db)
        .await?;
    Ok(())
}

/// Forgets what was settled, or was too old, before then.
pub async fn forget(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<(), DbErr> {
    let over = Condition::any()
        .add(Column::AcceptedAt.lt(before))
        .add(Column::RevokedAt.lt(before))
        .add(Column::ExpiresAt.lt(before));
    Entity::delete_many().filter(over).exec(db).await?;
    Ok(())
}
