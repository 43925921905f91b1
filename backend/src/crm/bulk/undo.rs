//! `POST /api/bulk/{id}/undo`

use super::Way;
use super::asked::{enqueue, run_of};
use super::back::take_back;
use super::entity::run::{self, Stopped};
use super::entity::{Column, Entity, Model, change, refusal};
use super::kind::Kind;
use super::list::what;
use super::run::{module, permission};
use crate::auth::{AnyMember, Command, TenantScope};
use crate::crm::merge::{self, Contacts, Corporations};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use crate::jobs;
use chrono::TimeDelta;
use ebenezer_shared::crm::bulk::{
    BulkAction, BulkInfo, BulkReason, MAX_BULK, UNDO_DAYS, UndoResult,
};
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::ids::BulkId;
use ebenezer_shared::permission::{Action, Named, Permission};
use ebenezer_shared::problem::{Problem, ProblemCode};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveEnum as _, ColumnTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use uuid::Uuid;

/// Makes the records as they were before, within 14 days; more than 200 by a worker. What
/// somebody changed since stays as it is, and is named. It needs what doing it needs; a change
/// that a worker is still at ends.
#[utoipa::path(post, path = "/api/bulk/{id}/undo", tag = "bulk", params(("id" = BulkId, Path)),
    responses(
        (status = 200, body = UndoResult),
        (status = 202, description = "A worker does it: `/api/bulk/{id}` tells how far it is",
            body = BulkInfo),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, description = "`state_conflict`: undone already, being undone, too long \
            ago, or something that it needs was changed at the same time", body = Problem),
    ))]
pub async fn undo_bulk_action(
    scope: AnyMember,
    Path(id): Path<BulkId>,
) -> Result<Answer, ApiError> {
    scope.must_write()?;
    undo(&scope, id.into()).await.map_err(merge::raced)
}

async fn undo(scope: &TenantScope, id: Uuid) -> Result<Answer, ApiError> {
    let back = standing(scope, id).await?;
    let command = scope.command().await?;
    let bulk = command.by_id::<Entity>(id).lock_exclusive().one(command.tx()).await?;
    let found = bulk.as_ref().and_then(what);
    let (Some((list, action)), Some(bulk)) = (found, bulk) else {
        return Err(ProblemCode::NotFound.into());
    };
    for needed in needed(list, action) {
        if !scope.may(needed) {
            return Err(ApiError::missing(&needed));
        }
    }
    let too_late = bulk.created_at < scope.now() - TimeDelta::days(UNDO_DAYS);
    if bulk.undone_at.is_some() || too_late {
        return Err(ProblemCode::StateConflict.into());
    }
    match (list, action) {
        (ListName::Contacts, BulkAction::Merge) => {
            let result = merge::undo::<Contacts>(&command, bulk.id).await?;
            let waits = result.restored == 0;
            answer(command, bulk.id, &result, waits).await
        }
        (ListName::Corporations, BulkAction::Merge) => {
            let result = merge::undo::<Corporations>(&command, bulk.id).await?;
            let waits = result.restored == 0;
            answer(command, bulk.id, &result, waits).await
        }
        (ListName::Contacts, _) => of_many::<Contacts>(command, bulk, back).await,
        (ListName::Corporations, _) => of_many::<Corporations>(command, bulk, back).await,
    }
}

/// What undoing it needs: what doing it needed.
fn needed(list: ListName, action: BulkAction) -> [Permission; 2] {
    let first = match action {
        BulkAction::Merge => Permission::Module(module(list), Action::Change),
        _ => Permission::Named(Named::BulkRun),
    };
    [first, permission(list, action)]
}

/// Whether the caller could undo such a change.
pub(super) fn may_take_back(scope: &TenantScope, list: ListName, action: BulkAction) -> bool {
    needed(list, action).into_iter().all(|needed| scope.may(needed))
}

/// The job of an earlier way back, and whether it goes on.
type Earlier = Option<(Uuid, bool)>;

async fn standing(scope: &TenantScope, bulk: Uuid) -> Result<Earlier, ApiError> {
    let Some(run) = run_of(scope, bulk, Way::Back).one(scope.db()).await? else { return Ok(None) };
    let known = jobs::standing(scope, &[run.job_id]).await?;
    let goes_on = known.get(&run.job_id).is_some_and(|job| !job.status.is_over());
    Ok(Some((run.job_id, goes_on)))
}

async fn of_many<K: Kind>(
    command: Command<'_>,
    bulk: Model,
    earlier: Earlier,
) -> Result<Answer, ApiError> {
    end_runs(&command, bulk.id, earlier).await?;
    let changes = command.select::<change::Entity>().filter(change::Column::BulkId.eq(bulk.id));
    let count = changes.clone().count(command.tx()).await?;
    if count > MAX_BULK as u64 {
        let run = enqueue(&command, bulk.id, Way::Back, (count, None)).await?;
        let info = super::info::of_new(&command, bulk, run);
        return command.commit(Answer::accepted(&info)?).await;
    }
    let changes = changes.order_by_desc(change::Column::RecordId).all(command.tx()).await?;
    let result = take_back::<K>(&command, bulk.id, changes).await?;
    let waits = result.left.iter().any(|left| left.reason == BulkReason::Conflict);
    answer(command, bulk.id, &result, waits).await
}

/// Ends a run that is still at it, and makes room for one more way back. 409 while a worker is
/// on the way back already.
async fn end_runs(command: &Command<'_>, bulk: Uuid, earlier: Earlier) -> Result<(), ApiError> {
    let back = run_of(command, bulk, Way::Back).lock_exclusive().one(command.tx()).await?;
    if let Some(back) = back {
        // One that is not the earlier one was begun this very moment.
        let goes_on = earlier.is_none_or(|(job, goes_on)| job != back.job_id || goes_on);
        if back.ended_at.is_none() && goes_on {
            return Err(ProblemCode::StateConflict.into());
        }
        command
            .delete::<refusal::Entity>()
            .filter(refusal::Column::BulkId.eq(bulk))
            .filter(refusal::Column::Undoing.eq(true))
            .exec(command.tx())
            .await?;
        command
            .delete::<run::Entity>()
            .filter(run::Column::BulkId.eq(bulk))
            .filter(run::Column::Undoing.eq(true))
            .exec(command.tx())
            .await?;
    }
    command
        .update::<run::Entity>()
        .filter(run::Column::BulkId.eq(bulk))
        .filter(run::Column::EndedAt.is_null())
        .col_expr(run::Column::Stopped, Expr::value(Stopped::Undone.to_value()))
        .col_expr(run::Column::EndedAt, Expr::value(command.now()))
        .exec(command.tx())
        .await?;
    Ok(())
}

/// Answers; what `waits` can be undone once more when the obstacle is away.
async fn answer(
    command: Command<'_>,
    bulk: Uuid,
    result: &UndoResult,
    waits: bool,
) -> Result<Answer, ApiError> {
    if !waits {
        close(&command, bulk).await?;
    }
    command.commit(Answer::ok(result)?).await
}

/// Nothing is left to undo.
pub(super) async fn close(command: &Command<'_>, bulk: Uuid) -> Result<(), ApiError> {
    command
        .update::<Entity>()
        .filter(Column::Id.eq(bulk))
        .col_expr(Column::UndoneAt, Expr::value(command.now()))
        .exec(command.tx())
        .await?;
    Ok(())
}
