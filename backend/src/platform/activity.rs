//! The platform's activity log: logins, registrations, what happens to accounts.

use crate::http::request::RequestInfo;
use chrono::{DateTime, Utc};
use sea_orm::Set;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "activity_logs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: DateTimeUtc,
    pub action: String,
    pub user_id: Option<Uuid>,
    pub tenant_id: Option<Uuid>,
    pub details: Json,
    pub ip: String,
    pub request_id: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What happened to whom.
pub struct Activity {
    pub action: &'static str,
    pub user: Option<Uuid>,
    pub tenant: Option<Uuid>,
    pub details: serde_json::Value,
}

impl Activity {
    pub fn new(action: &'static str, user: Option<Uuid>, tenant: Option<Uuid>) -> Self {
        Self { action, user, tenant, details: serde_json::json!({}) }
    }

    #[must_use]
    pub fn details(mut self, details: serde_json::Value) -> Self {
        self.details = details;
        self
    }

    /// Writes the entry in the transaction of what it tells.
    pub async fn record(
        self,
        db: &impl ConnectionTrait,
        info: &RequestInfo,
        now: DateTime<Utc>,
    ) -> Result<(), DbErr> {
        let row = ActiveModel {
            id: Set(Uuid::now_v7()),
            at: Set(now),
            action: Set(self.action.to_owned()),
            user_id: Set(self.user),
            tenant_id: Set(self.tenant),
            details: Set(self.details),
            ip: Set(info.ip.to_string()),
            request_id: Set(info.request_id.clone()),
        };
        Entity::insert(row).exec_without_returning(db).await?;
        Ok(())
    }
}
