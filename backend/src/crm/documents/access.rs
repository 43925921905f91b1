//! Who did what with a document: `GET /api/documents/{id}/access-log`.
//!
//! Reading is written into the firm's audit log beside the changes, so that the chain of that
//! log covers it.

use super::entity::Model;
use super::store;
use crate::audit::{self, Audit};
use crate::auth::{Command, Scope, TenantScope, permissions::DocumentsView};
use crate::crm::folders::entity as folder;
use crate::db::{CursorKind, Listing, Order, Searched, SortKey, stamp};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Path, Query};
use chrono::TimeDelta;
use ebenezer_shared::crm::document::{Document, DocumentAccess};
use ebenezer_shared::ids::DocumentId;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::permission::{Named, Permission};
use ebenezer_shared::problem::Problem;
use ebenezer_shared::record::RecordType;
use sea_orm::{ColumnTrait as _, Condition, QueryFilter as _};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;

const DOCUMENT: &str = RecordType::Document.as_str();
/// What reading is called in the log.
const READINGS: [&str; 2] = ["view", "download"];
/// Parts that are read within that time are one reading.
const ONE_READING: TimeDelta = TimeDelta::minutes(10);

/// Notes that the caller read a document.
pub async fn note_reading(
    scope: &TenantScope,
    row: &Model,
    action: &'static str,
    number: i32,
) -> Result<(), ApiError> {
    let command = scope.command_unremembered().await?;
    command.audit(Audit::event(action, DOCUMENT, row.id, json!({ "version": number }))).await?;
    command.commit(Answer::no_content()).await.map(|_| ())
}

/// Whether the log says already that the caller reads this version, of a few minutes ago.
pub async fn is_reading(scope: &TenantScope, row: &Model, number: i32) -> Result<bool, ApiError> {
    let known = scope
        .select::<audit::Entity>()
        .filter(audit::Column::ResourceType.eq(DOCUMENT))
        .filter(audit::Column::ResourceId.eq(row.id))
        .filter(audit::Column::ActorId.eq(scope.user_id()))
        .filter(audit::Column::At.gte(scope.now() - ONE_READING))
        .all(scope.db())
        .await?;
    let is_it = |entry: &audit::Model| {
        let act = entry.action.rsplit('.').next().unwrap_or_default();
        READINGS.contains(&act) && entry.changes.get("version") == Some(&json!(number))
    };
    Ok(known.iter().any(is_it))
}

/// Writes into the client's history that a document came or went.
pub async fn tell_client(
    command: &Command<'_>,
    lies_in: &folder::Model,
    (before, after): (Option<&Document>, Option<&Document>),
) -> Result<(), ApiError> {
    let told = |document: Option<&Document>| {
        document.map(|document| {
            json!({
                "id": document.id, "name": document.name, "department_id": lies_in.department_id,
            })
        })
    };
    let changes = json!({ "document": { "before": told(before), "after": told(after) } });
    let client = lies_in.client();
    command.audit(Audit::event("document", client.kind.as_str(), client.id, changes)).await
}

/// The one order there is: the newest first.
#[derive(Clone, Copy, PartialEq, Eq)]
struct ByTime;

impl SortKey for ByTime {
    const NAMES: &'static [(&'static str, Self)] = &[("at", Self)];

    fn column(self) -> (&'static str, &'static str) {
        ("audit_logs", "at")
    }

    fn cursor_kind(self) -> Option<CursorKind> {
        Some(CursorKind::Time)
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AccessQuery {
    page: Option<u64>,
    page_size: Option<u64>,
    cursor: Option<String>,
}

/// Who read, shared and changed a document, the newest first.
#[utoipa::path(get, path = "/api/documents/{id}/access-log", tag = "documents",
    params(("id" = DocumentId, Path), AccessQuery),
    responses((status = 200, body = Page<DocumentAccess>), (status = 404, body = Problem)))]
pub async fn list_document_accesses(
    scope: Scope<DocumentsView>,
    Path(id): Path<DocumentId>,
    Query(query): Query<AccessQuery>,
) -> Result<Answer, ApiError> {
    let newest_first = Order { key: ByTime, descending: true };
    let listing = Listing::parse(query.page, query.page_size, None, query.cursor, newest_first)?;
    let row = store::find(&scope, scope.db(), id.into(), false).await?;
    let condition = Condition::all()
        .add(audit::Column::ResourceType.eq(DOCUMENT))
        .add(audit::Column::ResourceId.eq(row.id));
    let all = Searched { rows: scope.select::<audit::Entity>(), found: None };
    let position = |row: &audit::Model, ByTime| (stamp(row.at), row.id);
    let page = listing.read(scope.db(), all, condition, "audit_logs", position).await?;
    let sees_addresses = scope.may(Permission::Named(Named::AuditView));
    let page = page.try_map(|row| Ok::<_, ApiError>(view(row, sees_addresses)))?;
    Answer::ok(&page)
}

fn view(row: audit::Model, sees_addresses: bool) -> DocumentAccess {
    let changes = match row.changes {
        Value::Object(changes) => changes,
        _ => serde_json::Map::new(),
    };
    DocumentAccess {
        id: row.id,
        at: row.at,
        actor_id: row.actor_id.map(Into::into),
        actor_name: row.actor_name,
        action: row.action.rsplit('.').next().unwrap_or_default().to_owned(),
        ip: sees_addresses.then_some(row.ip),
        changes,
    }
}
