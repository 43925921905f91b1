//! Second factors of users: what an authenticator app knows, and recovery codes.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factors")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    pub secret_sealed: String,
    /// None until a code has proved that an app knows the secret.
    pub enabled_at: Option<DateTimeUtc>,
    /// The time step of the last code that was taken.
    pub last_step: i64,
    pub created_at: DateTimeUtc,
}

/// Nothing of the secret is printed, sealed though it is.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondFactor").field("user_id", &self.user_id).finish_non_exhaustive()
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The user's second factor, set up or in use.
pub async fn of_user(db: &impl ConnectionTrait, user: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(user).one(db).await
}

/// The user's second factor, when it is in use.
pub async fn enabled(db: &impl ConnectionTrait, user: Uuid) -> Result<Option<Model>, DbErr> {
    Ok(of_user(db, user).await?.filter(|factor| factor.enabled_at.is_some()))
}

/// Takes the code of a time step, once: false when it, or a later one, was taken before.
pub async fn take_step(db: &impl ConnectionTrait, user: Uuid, step: i64) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .filter(Column::UserId.eq(user))
        .filter(Column::EnabledAt.is_not_null())
        .filter(Column::LastStep.lt(step))
        .col_expr(Column::LastStep, Expr::value(step))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Recovery codes, each good for one login.
pub mod recovery_code {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recovery_codes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        pub created_at: DateTimeUtc,
        pub used_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
