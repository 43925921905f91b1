//! Firms.

use crate::audit::anchor;
use chrono::{DateTime, TimeDelta, Utc};
use ebenezer_shared::locale::Locale;
use ebenezer_shared::tenant::TenantStatus;
use sea_orm::IntoActiveModel as _;
use sea_orm::QuerySelect as _;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::LockType;
use serde::{Deserialize, Serialize};

/// How long an expired firm goes on before it pauses by itself.
const GRACE: TimeDelta = TimeDelta::days(7);

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tenants")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub company: String,
    pub subdomain: String,
    pub product_key: String,
    pub plan_key: String,
    pub status: Status,
    pub isolation: Isolation,
    pub settings: Json,
    pub time_zone: String,
    pub expires_at: Option<DateTimeUtc>,
    /// Counts the changes of its settings.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// As the operator set it; see [`Model::effective_status`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Status {
    Active,
    Paused,
    Suspended,
    Cancelled,
}

/// Where the firm's plane lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Isolation {
    Shared,
    Dedicated,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a firm decided for itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Language of mails to people who have no account yet; Spanish when absent.
    pub locale: Option<Locale>,
    /// Every contact needs a primary corporation.
    pub require_primary_corporation: bool,
    /// Everybody needs a second factor.
    pub require_2fa: bool,
    /// Country of phone numbers without `+`; the platform's when absent.
    pub default_country: Option<String>,
}

impl Model {
    /// The firm's decisions; unreadable ones count as none.
    pub fn settings(&self) -> Settings {
        serde_json::from_value(self.settings.clone()).unwrap_or_default()
    }

    /// Whether the firm may work now: an expired one is paused once the grace is over.
    pub fn effective_status(&self, now: DateTime<Utc>) -> TenantStatus {
        let expired = self.expires_at.is_some_and(|end| end + GRACE < now);
        match self.status {
            Status::Active if expired => TenantStatus::Paused,
            Status::Active => TenantStatus::Active,
            Status::Paused => TenantStatus::Paused,
            Status::Suspended => TenantStatus::Suspended,
            Status::Cancelled => TenantStatus::Cancelled,
        }
    }
}

/// The firm of that subdomain.
pub async fn by_subdomain(db: &impl ConnectionTrait, name: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::Subdomain.eq(name.to_lowercase())).one(db).await
}

pub async fn by_id(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The firm, locked against other changes of its people until the transaction ends. Rows
/// that refer to it can be written meanwhile.
pub async fn lock(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).lock(LockType::NoKeyUpdate).one(db).await
}

/// Writes a new firm, and the anchor of its audit log.
pub async fn insert(db: &impl ConnectionTrait, tenant: &Model) -> Result<(), DbErr> {
    let row = tenant.clone().into_active_model().reset_all();
    Entity::insert(row).exec_without_returning(db).await?;
    anchor::begin(db, tenant.id).await
}

/// Writes every column of the firm.
pub async fn save(db: &impl ConnectionTrait, tenant: &Model) -> Result<(), DbErr> {
    let row = tenant.clone().into_active_model().reset_all();
    Entity::update_many().filter(Column::Id.eq(tenant.id)).set(row).exec(db).await.map(|_| ())
}
