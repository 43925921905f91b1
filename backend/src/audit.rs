//! The firm's audit log: who changed what, from what to what.
//!
//! Entries are written with what they tell and bound into a chain a moment later
//! ([`ChainKeeper`]); [`verify`] finds what was changed, taken out or put in since.

mod accounts;
pub(crate) mod anchor;
mod chain;
mod entry;
mod export;
mod head;
mod keeper;
mod list;
mod moment;
mod names;
pub mod verify;

pub use chain::{ChainKey, Head, PLATFORM};
pub(crate) use entry::{Actor, Entry};
pub use keeper::ChainKeeper;

use crate::auth::TenantScope;
use crate::db::TenantOwned;
use crate::error::ApiError;
use crate::http::request::RequestInfo;
use crate::routes::Routes;
use crate::state::AppState;
use ebenezer_shared::audit::words;
use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;
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
    /// Keyed hash of all the above.
    pub mac: String,
    /// The place in the firm's chain; none for a moment.
    pub seq: Option<i64>,
    pub hash: Option<String>,
}

/// What an entry says of a record: all that the API shows but the number of its version.
pub fn told(record: &impl Serialize) -> Value {
    let mut told = serde_json::to_value(record).unwrap_or_default();
    if let Some(fields) = told.as_object_mut() {
        fields.remove("version");
    }
    told
}

/// An entry that is, or will be, bound into a chain.
pub trait Chained {
    /// Which chain it belongs to: a firm's id, or [`PLATFORM`].
    fn chain(&self) -> Uuid;
    fn id(&self) -> Uuid;
    /// What the entry tells: all that its hash covers.
    fn fields(&self) -> Value;
    fn mac(&self) -> &str;
    /// Its place and hash, once it is bound.
    fn place(&self) -> Option<Head>;
}

impl Chained for Model {
    fn chain(&self) -> Uuid {
        self.tenant_id
    }

    fn id(&self) -> Uuid {
        self.id
    }

    fn fields(&self) -> Value {
        json!([
            self.id,
            self.tenant_id,
            self.at.timestamp_micros(),
            self.actor_id,
            self.actor_name,
            self.action,
            self.resource_type,
            self.resource_id,
            self.changes,
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

impl Model {
    /// The entry with the hash of its fields.
    #[must_use]
    pub fn signed(mut self, key: &ChainKey) -> Self {
        self.mac = key.of_entry(self.fields());
        self
    }
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

    /// A masked field was shown whole, and what for.
    pub fn revealed(
        resource_type: &'static str,
        id: impl Into<Uuid>,
        field: &str,
        reason: &str,
    ) -> Self {
        let changes = json!({ "field": field, "reason": reason });
        Self { action: "reveal", resource_type, resource_id: id.into(), changes }
    }

    /// Rows left the program as a file: of which kind, and what they were filtered by.
    pub fn exported(
        resource_type: &'static str,
        id: impl Into<Uuid>,
        filters: &impl Serialize,
    ) -> Result<Self, ApiError> {
        let changes = json!({ "filters": serde_json::to_value(filters)? });
        Ok(Self { action: "export", resource_type, resource_id: id.into(), changes })
    }

    /// Something else that happened to it; `changes` holds fields with `before` and `after`.
    pub fn event(
        action: &'static str,
        resource_type: &'static str,
        id: impl Into<Uuid>,
        changes: Value,
    ) -> Self {
        Self { action, resource_type, resource_id: id.into(), changes }
    }

    /// The same under another name of what was done.
    #[must_use]
    pub fn named(self, action: &'static str) -> Self {
        Self { action, ..self }
    }

    /// Adds a change to those that the entry tells.
    #[must_use]
    pub fn with_change(mut self, field: &str, before: &Value, after: &Value) -> Self {
        if let Value::Object(changes) = &mut self.changes {
            changes.insert(field.to_owned(), json!({ "before": before, "after": after }));
        }
        self
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

    /// The entry as it will stand in the log; written later, it still tells when it happened.
    pub(crate) fn entry(self, by: &Actor<'_>) -> Entry {
        debug_assert_eq!(words::unnamed(&self.changes), Vec::<String>::new(), "without a name");
        debug_assert!(words::named(&words::KINDS, self.resource_type).is_some());
        debug_assert!(words::named(&words::ACTS, self.action).is_some());
        Entry {
            id: Uuid::now_v7(),
            at: by.at,
            actor_id: by.id,
            actor_name: by.name.to_owned(),
            action: format!("{}.{}", self.resource_type, self.action),
            resource_type: self.resource_type.to_owned(),
            resource_id: self.resource_id,
            changes: self.changes,
            ip: by.info.ip.to_string(),
            request_id: by.info.request_id.clone(),
        }
    }

    /// Writes what the program did by itself in a firm.
    pub(crate) async fn record_by_itself(
        self,
        state: &AppState,
        tenant: Uuid,
        tx: &DatabaseTransaction,
    ) -> Result<(), DbErr> {
        let info = RequestInfo::of_housekeeping();
        let entry = self.entry(&Actor::itself(&info, state.clock.now()));
        entry.write(tx, tenant, &state.chain_key).await
    }

    pub(crate) async fn record(
        self,
        scope: &TenantScope,
        tx: &DatabaseTransaction,
    ) -> Result<(), ApiError> {
        let entry = self.entry(&Actor::of(scope));
        entry.write(tx, scope.tenant_id(), &scope.state.chain_key).await?;
        Ok(())
    }
}

pub fn routes(routes: &mut Routes) {
    list::routes(routes);
    export::routes(routes);
}
