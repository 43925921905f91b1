//! The firm's audit log: who changed what, from what to what.

use crate::auth::TenantScope;
use crate::db::{self, TenantOwned};
use crate::error::ApiError;
use sea_orm::entity::prelude::*;
use sea_orm::{DatabaseTransaction, Set};
use serde::Serialize;
use serde_json::{Map, Value, json};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_logs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub at: DateTimeUtc,
    pub actor_id: Option<Uuid>,
    pub actor_name: String,
    pub action: String,
    pub resource_type: String,
    pub resource_id: Option<Uuid>,
    pub changes: Json,
    pub ip: String,
    pub request_id: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TenantOwned for Entity {
    fn tenant_column() -> Column {
        Column::TenantId
    }

    fn id_column() -> Column {
        Column::Id
    }
}

/// An entry to be written.
pub struct Audit {
    action: &'static str,
    resource_type: &'static str,
    resource_id: Uuid,
    changes: Value,
}

/// Fields that change with every write and tell nothing.
const NOISE: [&str; 2] = ["updated_at", "created_at"];

impl Audit {
    /// A thing came to be. DTOs mask personal numbers, so nothing personal is logged.
    pub fn created(
        resource_type: &'static str,
        id: impl Into<Uuid>,
        after: &impl Serialize,
    ) -> Result<Self, ApiError> {
        Ok(Self::compare(
            "create",
            resource_type,
            id.into(),
            &Value::Null,
            &serde_json::to_value(after)?,
        ))
    }

    /// A thing changed.
    pub fn updated(
        resource_type: &'static str,
        id: impl Into<Uuid>,
        before: &impl Serialize,
        after: &impl Serialize,
    ) -> Result<Self, ApiError> {
        let (before, after) = (serde_json::to_value(before)?, serde_json::to_value(after)?);
        Ok(Self::compare("update", resource_type, id.into(), &before, &after))
    }

    /// A thing went.
    pub fn deleted(
        resource_type: &'static str,
        id: impl Into<Uuid>,
        before: &impl Serialize,
    ) -> Result<Self, ApiError> {
        Ok(Self::compare(
            "delete",
            resource_type,
            id.into(),
            &serde_json::to_value(before)?,
            &Value::Null,
        ))
    }

    /// A masked field was shown whole.
    pub fn revealed(resource_type: &'static str, id: impl Into<Uuid>, field: &str) -> Self {
        Self {
            action: "reveal",
            resource_type,
            resource_id: id.into(),
            changes: json!({ "field": field }),
        }
    }

    /// Notes that a field changed whose masked forms look alike.
    #[must_use]
    pub fn with_hidden_change(mut self, field: &str) -> Self {
        if let Value::Object(changes) = &mut self.changes {
            changes.entry(field).or_insert_with(|| json!({ "before": "***", "after": "***" }));
        }
        self
    }

    fn compare(
        action: &'static str,
        resource_type: &'static str,
        resource_id: Uuid,
        before: &Value,
        after: &Value,
    ) -> Self {
        let empty = Map::new();
        let old = before.as_object().unwrap_or(&empty);
        let new = after.as_object().unwrap_or(&empty);
        let mut changes = Map::new();
        for field in old.keys().chain(new.keys()) {
            let (a, b) = (old.get(field), new.get(field));
            let (a, b) = (a.unwrap_or(&Value::Null), b.unwrap_or(&Value::Null));
            if a != b && !NOISE.contains(&field.as_str()) {
                changes.insert(field.clone(), json!({ "before": a, "after": b }));
            }
        }
        Self { action, resource_type, resource_id, changes: Value::Object(changes) }
    }

    pub(crate) async fn record(
        self,
        scope: &TenantScope,
        tx: &DatabaseTransaction,
    ) -> Result<(), ApiError> {
        let row = ActiveModel {
            id: Set(Uuid::now_v7()),
            tenant_id: Set(scope.tenant_id()),
            at: Set(scope.now()),
            actor_id: Set(Some(scope.user_id())),
            actor_name: Set(scope.actor_name().to_owned()),
            action: Set(format!("{}.{}", self.resource_type, self.action)),
            resource_type: Set(self.resource_type.to_owned()),
            resource_id: Set(Some(self.resource_id)),
            changes: Set(self.changes),
            ip: Set(scope.info.ip.to_string()),
            request_id: Set(scope.info.request_id.clone()),
        };
        db::insert(tx, [row]).await?;
        Ok(())
    }
}
