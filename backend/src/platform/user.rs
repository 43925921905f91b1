//! Users: one account a person, memberships in any number of firms.

use crate::auth::two_factor::Standing;
use ebenezer_shared::auth::CurrentUser;
use ebenezer_shared::locale::Locale;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{IntoActiveModel as _, QuerySelect as _};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub email: String,
    pub email_key: String,
    pub full_name: String,
    pub password_hash: String,
    pub locale: String,
    pub is_staff: bool,
    pub is_active: bool,
    pub last_login_at: Option<DateTimeUtc>,
    pub last_tenant_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The email by which a user is found: without case.
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// The user with that email.
pub async fn by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<Model>, DbErr> {
    // No stored email holds one, and PostgreSQL takes no NUL even to compare.
    if email.contains(char::is_control) {
        return Ok(None);
    }
    Entity::find().filter(Column::EmailKey.eq(email_key(email))).one(db).await
}

pub async fn by_id(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The user; nobody else changes them until the transaction ends. Whoever changes links or
/// factors of a user as well locks the user first, so that no two wait for each other.
pub async fn lock(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// Writes every column of the user.
pub async fn save(db: &impl ConnectionTrait, user: &Model) -> Result<(), DbErr> {
    let row = user.clone().into_active_model().reset_all();
    Entity::update_many().filter(Column::Id.eq(user.id)).set(row).exec(db).await.map(|_| ())
}

impl Model {
    /// As the person sees themself.
    pub fn to_current(&self, second_factor: Standing) -> CurrentUser {
        CurrentUser {
            id: self.id.into(),
            email: self.email.clone(),
            full_name: self.full_name.clone(),
            locale: self.language(),
            is_staff: self.is_staff,
            two_factor_enabled: second_factor.enabled,
            two_factor_required: second_factor.required,
        }
    }

    /// The language that the person chose.
    pub fn language(&self) -> Locale {
        if self.locale == Locale::En.tag() { Locale::En } else { Locale::Es }
    }
}

pub async fn insert(db: &impl ConnectionTrait, user: &Model) -> Result<(), DbErr> {
    let row = user.clone().into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(db).await.map(|_| ())
}

/// How many users there are.
pub async fn count(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    Entity::find().count(db).await
}

/// Keeps which firm the user was in last.
pub async fn visited(
    db: &impl ConnectionTrait,
    user: Uuid,
    tenant: Option<Uuid>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .filter(Column::Id.eq(user))
        .col_expr(Column::LastTenantId, Expr::value(tenant))
        .exec(db)
        .await?;
    Ok(())
}

/// Gives the user another password.
pub async fn set_password(
    db: &impl ConnectionTrait,
    user: Uuid,
    hash: String,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .filter(Column::Id.eq(user))
        .col_expr(Column::PasswordHash, Expr::value(hash))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .exec(db)
        .await?;
    Ok(())
}
