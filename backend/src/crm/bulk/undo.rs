//! `POST /api/bulk/{id}/undo`

use super::Target;
use super::act::{Before, World};
use super::contacts::Contacts;
use super::corporations::Corporations;
use super::entity::{Column, Entity, Model, change};
use super::list::what;
use super::run::permission;
use crate::auth::{Command, Scope, permissions::BulkRun};
use crate::crm::merge;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use chrono::TimeDelta;
use ebenezer_shared::crm::bulk::{BulkAction, BulkReason, BulkRefusal, UNDO_DAYS, UndoResult};
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::ids::BulkId;
use ebenezer_shared::problem::{Problem, ProblemCode};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use std::collections::HashMap;
use uuid::Uuid;

/// Makes the records as they were before, within 14 days. What somebody changed since stays
/// as it is, and is named.
#[utoipa::path(post, path = "/api/bulk/{id}/undo", tag = "bulk", params(("id" = BulkId, Path)),
    responses(
        (status = 200, body = UndoResult),
        (status = 404, body = Problem),
        (status = 409, description = "`state_conflict`: undone already, or too long ago",
            body = Problem),
    ))]
pub async fn undo_bulk_action(
    scope: Scope<BulkRun>,
    Path(id): Path<BulkId>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let bulk = command.by_id::<Entity>(id).lock_exclusive().one(command.tx()).await?;
    let found = bulk.as_ref().and_then(what).zip(bulk.as_ref());
    let ((list, action), bulk) = found.ok_or(ProblemCode::NotFound)?;
    let needed = permission(list, action);
    if !scope.may(needed) {
        return Err(ApiError::missing(&needed));
    }
    let too_late = bulk.created_at < scope.now() - TimeDelta::days(UNDO_DAYS);
    if bulk.undone_at.is_some() || too_late {
        return Err(ProblemCode::StateConflict.into());
    }
    let result = match (list, action) {
        (ListName::Contacts, BulkAction::Merge) => {
            merge::undo::<merge::Contacts>(&command, bulk.id).await?
        }
        (ListName::Corporations, BulkAction::Merge) => {
            merge::undo::<merge::Corporations>(&command, bulk.id).await?
        }
        (ListName::Contacts, _) => undo::<Contacts>(&command, bulk).await?,
        (ListName::Corporations, _) => undo::<Corporations>(&command, bulk).await?,
    };
    let waits = match action {
        BulkAction::Merge => result.restored == 0,
        _ => result.left.iter().any(|left| left.reason == BulkReason::Conflict),
    };
    if waits {
        // Once the obstacle is away the rest can be undone.
        return command.commit(Answer::ok(&result)?).await;
    }
    command
        .update::<Entity>()
        .filter(Column::Id.eq(bulk.id))
        .col_expr(Column::UndoneAt, Expr::value(command.now()))
        .exec(command.tx())
        .await?;
    command.commit(Answer::ok(&result)?).await
}

async fn undo<T: Target>(command: &Command<'_>, bulk: &Model) -> Result<UndoResult, ApiError> {
    let changes = command
        .select::<change::Entity>()
        .filter(change::Column::BulkId.eq(bulk.id))
        // The last to go had nobody left to be related to: it comes back first.
        .order_by_desc(change::Column::RecordId)
        .all(command.tx())
        .await?;
    let ids: Vec<Uuid> = changes.iter().map(|change| change.record_id).collect();
    let rows = T::lock(command, &ids).await?;
    let mut rows: HashMap<Uuid, T::Row> = rows.into_iter().map(|row| (T::id(&row), row)).collect();
    let world = World::of::<T::Tags>(command, bulk.id, &ids).await?;
    let mut result = UndoResult { restored: 0, left: Vec::new() };
    for change in changes {
        let (row, change_of) = (rows.remove(&change.record_id), (bulk.id, change.record_id));
        let touched = row.as_ref().is_some_and(|row| T::version(row) != change.version);
        let left = if touched {
            Some(BulkReason::ChangedSince)
        } else {
            let before = command.state.sealer.open(&change.before_sealed)?;
            let before: Before = serde_json::from_str(&before)?;
            T::restore(command, row, before, &world).await?
        };
        match left {
            None => {
                result.restored += 1;
                forget(command, &change_of).await?;
            }
            Some(reason) => result.left.push(BulkRefusal::whole(change.record_id, reason)),
        }
    }
    Ok(result)
}

/// What is as it was before is not undone again.
async fn forget(command: &Command<'_>, (bulk, record): &(Uuid, Uuid)) -> Result<(), ApiError> {
    command
        .delete::<change::Entity>()
        .filter(change::Column::BulkId.eq(*bulk))
        .filter(change::Column::RecordId.eq(*record))
        .exec(command.tx())
        .await?;
    Ok(())
}
