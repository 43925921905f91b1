//! `GET /api/bulk`

use super::entity::{Column, Entity, Model};
use super::run::permission;
use crate::auth::{Scope, TenantScope, permissions::BulkRun};
use crate::error::ApiError;
use crate::http::answer::Answer;
use chrono::TimeDelta;
use ebenezer_shared::crm::bulk::{BulkAction, BulkInfo, UNDO_DAYS};
use ebenezer_shared::crm::staff::StaffRef;
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::pagination::Page;
use sea_orm::{ColumnTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

/// So many of the newest are listed.
const LISTED: u64 = 100;

/// The firm's changes of many records of the last 14 days, the newest first, at most a
/// hundred: those that the caller could make.
#[utoipa::path(get, path = "/api/bulk", tag = "bulk",
    responses((status = 200, body = Page<BulkInfo>)))]
pub async fn list_bulk_actions(scope: Scope<BulkRun>) -> Result<Answer, ApiError> {
    let rows = scope
        .select::<Entity>()
        .filter(Column::CreatedAt.gt(scope.now() - TimeDelta::days(UNDO_DAYS)))
        .filter(Column::Changed.gt(0))
        .order_by_desc(Column::CreatedAt)
        .limit(LISTED)
        .all(scope.db())
        .await?;
    let items = rows.into_iter().filter_map(|row| info(&scope, row)).collect();
    Answer::ok(&Page::whole(items))
}

/// What was done to which list.
pub fn what(row: &Model) -> Option<(ListName, BulkAction)> {
    let list = [ListName::Contacts, ListName::Corporations];
    let list = list.into_iter().find(|list| list.as_str() == row.resource)?;
    let action = BulkAction::ALL.into_iter().find(|action| action.as_str() == row.action)?;
    Some((list, action))
}

fn info(scope: &TenantScope, row: Model) -> Option<BulkInfo> {
    let (resource, action) = what(&row)?;
    if !scope.may(permission(resource, action)) {
        return None;
    }
    Some(BulkInfo {
        id: row.id.into(),
        resource,
        action,
        actor: StaffRef { id: row.actor_id.into(), full_name: row.actor_name },
        changed: u64::try_from(row.changed).unwrap_or_default(),
        may_undo: row.undone_at.is_none(),
        undone_at: row.undone_at,
        created_at: row.created_at,
    })
}
