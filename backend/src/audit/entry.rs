//! An entry on its way to a firm's log.

use super::{ChainKey, Column, Entity, Model};
use crate::auth::TenantScope;
use crate::http::request::RequestInfo;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{DatabaseTransaction, IntoActiveModel as _};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What the program is called in histories.
const ITSELF: &str = "Ebenezer";

/// Who did something, when and whence.
pub(crate) struct Actor<'a> {
    /// None for what the program does by itself.
    pub id: Option<Uuid>,
    pub name: &'a str,
    pub info: &'a RequestInfo,
    pub at: DateTimeUtc,
}

impl<'a> Actor<'a> {
    /// Who sent the request.
    pub fn of(scope: &'a TenantScope) -> Self {
        let id = Some(scope.user_id());
        Self { id, name: scope.actor_name(), info: &scope.info, at: scope.now() }
    }

    /// The program itself, in what nobody asked for at that time.
    pub fn itself(info: &'a RequestInfo, at: DateTimeUtc) -> Self {
        Self { id: None, name: ITSELF, info, at }
    }
}

/// An entry that is yet to be written, perhaps by another process.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(super) id: Uuid,
    pub(super) at: DateTimeUtc,
    pub(super) actor_id: Option<Uuid>,
    pub(super) actor_name: String,
    pub(super) action: String,
    pub(super) resource_type: String,
    pub(super) resource_id: Uuid,
    pub(super) changes: Value,
    pub(super) ip: String,
    pub(super) request_id: String,
}

impl Entry {
    /// The same under an id that is known beforehand.
    pub fn with_id(self, id: Uuid) -> Self {
        Self { id, ..self }
    }

    /// Writes it; one that stands there already stays as it is.
    pub async fn write(
        &self,
        tx: &DatabaseTransaction,
        tenant: Uuid,
        key: &ChainKey,
    ) -> Result<(), DbErr> {
        let entry = self.clone();
        let row = Model {
            id: entry.id,
            tenant_id: tenant,
            at: entry.at,
            actor_id: entry.actor_id,
            actor_name: entry.actor_name,
            action: entry.action,
            resource_type: entry.resource_type,
            resource_id: Some(entry.resource_id),
            changes: entry.changes,
            ip: entry.ip,
            request_id: entry.request_id,
            mac: String::new(),
            seq: None,
            hash: None,
        };
        let row = row.signed(key).into_active_model().reset_all();
        let once = OnConflict::column(Column::Id).do_nothing().to_owned();
        #[expect(clippy::disallowed_methods, reason = "the row carries the firm")]
        Entity::insert(row).on_conflict(once).exec_without_returning(tx).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Audit;
    use serde_json::json;

    #[test]
    #[should_panic(expected = "without a name")]
    fn a_field_without_a_name_stops_a_debug_build() {
        let info = RequestInfo::of_command_line();
        let actor = Actor { id: None, name: "", info: &info, at: DateTimeUtc::default() };
        Audit::event("relate", "contact", Uuid::nil(), json!({ "new_one": 1 })).entry(&actor);
    }
}
