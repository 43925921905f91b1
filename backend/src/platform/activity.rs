//! The platform's activity log: logins, registrations, what happens to accounts.

use crate::audit::{self, Chained, Head};
use crate::http::request::RequestInfo;
use crate::state::AppState;
use chrono::{DateTime, Utc};
use ebenezer_shared::audit::words;
use sea_orm::IntoActiveModel as _;
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
    /// Keyed hash of all the above.
    pub mac: String,
    /// The place in the platform's chain; none for a moment.
    pub seq: Option<i64>,
    pub hash: Option<String>,
}

impl Chained for Model {
    fn chain(&self) -> Uuid {
        audit::PLATFORM
    }

    fn id(&self) -> Uuid {
        self.id
    }

    fn fields(&self) -> serde_json::Value {
        serde_json::json!([
            self.id,
            self.at.timestamp_micros(),
            self.action,
            self.user_id,
            self.tenant_id,
            self.details,
            self.ip,
            self.request_id,
        ])
    }

    fn mac(&self) -> &str {
        &self.mac
    }

    fn place(&self) -> Option<Head> {
        Some(Head { seq: self.seq?, hash: self.hash.clone().unwrap_or_default() })
    }
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
        state: &AppState,
        info: &RequestInfo,
        now: DateTime<Utc>,
    ) -> Result<(), DbErr> {
        // Firms read what happened to their people.
        debug_assert!(
            self.user.is_none() || words::named(&words::ACCOUNT_ACTS, self.action).is_some(),
            "{} has no name",
            self.action
        );
        debug_assert_eq!(words::unnamed(&self.details), Vec::<String>::new(), "without a name");
        let mut row = Model {
            id: Uuid::now_v7(),
            at: now,
            action: self.action.to_owned(),
            user_id: self.user,
            tenant_id: self.tenant,
            details: self.details,
            ip: info.ip.to_string(),
            request_id: info.request_id.clone(),
            mac: String::new(),
            seq: None,
            hash: None,
        };
        row.mac = state.chain_key.of_entry(row.fields());
        let row = row.into_active_model().reset_all();
        Entity::insert(row).exec_without_returning(db).await?;
        Ok(())
    }
}
