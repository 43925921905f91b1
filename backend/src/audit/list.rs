//! `GET /api/audit-logs`

use super::moment::Moment;
use super::names::Names;
use super::{Column, Entity, Model};
use crate::auth::{Scope, permissions::AuditView};
use crate::db::{CursorKind, Listing, Order, Searched, SortKey, stamp};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Query;
use crate::routes::Routes;
use chrono_tz::Tz;
use ebenezer_shared::audit::AuditEntry;
use ebenezer_shared::pagination::Page;
use sea_orm::{ColumnTrait as _, Condition};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

/// The one order there is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct ByTime;

impl SortKey for ByTime {
    const NAMES: &'static [(&'static str, Self)] = &[("at", Self)];

    fn column(self) -> (&'static str, &'static str) {
        ("audit_logs", "at")
    }

    fn cursor_kind(self) -> Option<CursorKind> {
        Some(CursorKind::Time)
    }
}

/// What entries are filtered by.
#[derive(Clone, Default, Deserialize, Serialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AuditFilter {
    /// `contact.update`, `login.failed`; several with commas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    action: Option<String>,
    /// `contact`, `corporation`, `account`; several with commas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resource_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resource_id: Option<Uuid>,
    /// Who did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    actor_id: Option<Uuid>,
    /// At that time or later: RFC 3339, or from that day of the firm on (`YYYY-MM-DD`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>)]
    from: Option<Moment>,
    /// Before that time (RFC 3339), or to the end of that day of the firm (`YYYY-MM-DD`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[param(value_type = Option<String>)]
    to: Option<Moment>,
}

impl AuditFilter {
    pub(super) fn condition(&self, zone: Tz) -> Result<Condition, ApiError> {
        let mut all = Condition::all();
        if let Some(names) = names("action", self.action.as_deref())? {
            all = all.add(Column::Action.is_in(names));
        }
        if let Some(names) = names("resource_type", self.resource_type.as_deref())? {
            all = all.add(Column::ResourceType.is_in(names));
        }
        if let Some(id) = self.resource_id {
            all = all.add(Column::ResourceId.eq(id));
        }
        if let Some(id) = self.actor_id {
            all = all.add(Column::ActorId.eq(id));
        }
        if let Some(from) = &self.from {
            all = all.add(Column::At.gte(from.start("from", zone)?));
        }
        if let Some(to) = &self.to {
            all = all.add(Column::At.lt(to.end("to", zone)?));
        }
        Ok(all)
    }
}

/// Names with commas between them; 400 for what no name can be.
fn names<'t>(field: &'static str, list: Option<&'t str>) -> Result<Option<Vec<&'t str>>, ApiError> {
    let Some(list) = list else { return Ok(None) };
    let names: Vec<&str> = list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    let is_name = |name: &&str| {
        name.len() <= 60
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._".contains(&byte))
    };
    if names.len() > 50 || !names.iter().all(is_name) {
        return Err(ApiError::query(field, "unknown_value"));
    }
    Ok((!names.is_empty()).then_some(names))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AuditQuery {
    page: Option<u64>,
    page_size: Option<u64>,
    cursor: Option<String>,
    /// `at` or, as without it, `-at`.
    ordering: Option<String>,
    action: Option<String>,
    resource_type: Option<String>,
    resource_id: Option<Uuid>,
    actor_id: Option<Uuid>,
    /// RFC 3339 or `YYYY-MM-DD`.
    #[param(value_type = Option<String>)]
    from: Option<Moment>,
    /// RFC 3339 or `YYYY-MM-DD`, that day included.
    #[param(value_type = Option<String>)]
    to: Option<Moment>,
}

/// What was done in the firm and happened to its people's accounts, the newest first.
#[utoipa::path(get, path = "/api/audit-logs", tag = "audit", params(AuditQuery),
    responses((status = 200, body = Page<AuditEntry>)))]
pub async fn list_audit_logs(
    scope: Scope<AuditView>,
    Query(query): Query<AuditQuery>,
) -> Result<Answer, ApiError> {
    let AuditQuery { page, page_size, cursor, ordering, .. } = query;
    let newest_first = Order { key: ByTime, descending: true };
    let listing = Listing::parse(page, page_size, ordering.as_deref(), cursor, newest_first)?;
    let filter = AuditFilter {
        action: query.action,
        resource_type: query.resource_type,
        resource_id: query.resource_id,
        actor_id: query.actor_id,
        from: query.from,
        to: query.to,
    };
    let all = Searched { rows: scope.select::<Entity>(), found: None };
    let position = |row: &Model, ByTime| (stamp(row.at), row.id);
    let page = listing
        .read(scope.db(), all, filter.condition(scope.time_zone())?, "audit_logs", position)
        .await?;
    let names = Names::of(&scope, &page.items).await?;
    let entry = |row: Model| {
        let resource_name = names.get(&row);
        Ok::<_, ApiError>(AuditEntry { resource_name, ..view(row) })
    };
    Answer::ok(&page.try_map(entry)?)
}

pub(super) fn view(row: Model) -> AuditEntry {
    AuditEntry {
        id: row.id,
        at: row.at,
        actor_id: row.actor_id.map(Into::into),
        actor_name: row.actor_name,
        action: row.action,
        resource_type: row.resource_type,
        resource_id: row.resource_id,
        resource_name: None,
        changes: match row.changes {
            serde_json::Value::Object(changes) => changes,
            _ => serde_json::Map::new(),
        },
        ip: row.ip,
        request_id: row.request_id,
        seq: row.seq,
    }
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_list_audit_logs, list_audit_logs);
}
