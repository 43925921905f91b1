//! `GET /api/bulk`

use super::entity::{Column, Entity, Model, run};
use super::info;
use crate::auth::AnyMember;
use crate::error::ApiError;
use crate::http::answer::Answer;
use chrono::TimeDelta;
use ebenezer_shared::crm::bulk::{BulkAction, BulkInfo, UNDO_DAYS};
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::pagination::Page;
use sea_orm::{
    ColumnTrait as _, Condition, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
};

/// So many of the newest are listed.
const LISTED: u64 = 100;

/// The firm's changes of many records of the last 14 days, the newest first, at most a
/// hundred: those that the caller could take back.
#[utoipa::path(get, path = "/api/bulk", tag = "bulk",
    responses((status = 200, body = Page<BulkInfo>)))]
pub async fn list_bulk_actions(scope: AnyMember) -> Result<Answer, ApiError> {
    let runs = scope.select::<run::Entity>().select_only().column(run::Column::BulkId);
    let shown =
        Condition::any().add(Column::Changed.gt(0)).add(Column::Id.in_subquery(runs.into_query()));
    let rows = scope
        .select::<Entity>()
        .filter(Column::CreatedAt.gt(scope.now() - TimeDelta::days(UNDO_DAYS)))
        .filter(shown)
        .order_by_desc(Column::CreatedAt)
        .limit(LISTED)
        .all(scope.db())
        .await?;
    Answer::ok(&Page::whole(info::of_all(&scope, rows).await?))
}

/// What was done to which list.
pub fn what(row: &Model) -> Option<(ListName, BulkAction)> {
    let list = [ListName::Contacts, ListName::Corporations];
    let list = list.into_iter().find(|list| list.as_str() == row.resource)?;
    let action = BulkAction::ALL.into_iter().find(|action| action.as_str() == row.action)?;
    Some((list, action))
}
