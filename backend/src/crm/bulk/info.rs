//! A change of many as the API shows it.

use super::entity::Model;
use super::entity::run::{self, Stopped};
use super::list::what;
use super::undo::may_take_back;
use crate::auth::TenantScope;
use crate::error::ApiError;
use crate::jobs::entity::Status;
use crate::jobs::{self, Standing};
use ebenezer_shared::crm::bulk::{BulkInfo, BulkRun, BulkStatus};
use ebenezer_shared::crm::staff::StaffRef;
use sea_orm::{ColumnTrait as _, QueryFilter as _};
use std::collections::HashMap;
use uuid::Uuid;

/// Those of the changes that the caller could make, with how far they are.
pub(super) async fn of_all(
    scope: &TenantScope,
    rows: Vec<Model>,
) -> Result<Vec<BulkInfo>, ApiError> {
    let ids = rows.iter().map(|row| row.id);
    let runs = scope.select::<run::Entity>().filter(run::Column::BulkId.is_in(ids));
    let runs = runs.all(scope.db()).await?;
    let open = runs.iter().filter(|run| run.ended_at.is_none());
    let open: Vec<Uuid> = open.map(|run| run.job_id).collect();
    let standing = jobs::standing(scope, &open).await?;
    let mut last: HashMap<Uuid, run::Model> = HashMap::new();
    for run in runs {
        // The way back comes after the way there.
        if run.undoing || !last.contains_key(&run.bulk_id) {
            last.insert(run.bulk_id, run);
        }
    }
    let all = rows.into_iter().filter_map(|row| {
        let run = last.remove(&row.id);
        let job = run.as_ref().and_then(|run| standing.get(&run.job_id));
        of(scope, row, run, job)
    });
    Ok(all.collect())
}

/// A change that was enqueued just now.
pub(super) fn of_new(scope: &TenantScope, row: Model, run: run::Model) -> Option<BulkInfo> {
    let waits = Standing { status: Status::Waiting, cancel_requested: false };
    of(scope, row, Some(run), Some(&waits))
}

fn of(
    scope: &TenantScope,
    row: Model,
    run: Option<run::Model>,
    job: Option<&Standing>,
) -> Option<BulkInfo> {
    let (resource, action) = what(&row)?;
    if !may_take_back(scope, resource, action) {
        return None;
    }
    let is_own = row.actor_id == scope.user_id();
    let run = run.map(|run| shown(&run, job, is_own));
    let goes_back = run.as_ref().is_some_and(|run| run.undoing && !run.status.is_over());
    Some(BulkInfo {
        id: row.id.into(),
        resource,
        action,
        actor: StaffRef { id: row.actor_id.into(), full_name: row.actor_name },
        changed: u64::try_from(row.changed).unwrap_or_default(),
        may_undo: row.undone_at.is_none() && row.changed > 0 && !goes_back,
        undone_at: row.undone_at,
        created_at: row.created_at,
        run,
    })
}

/// Where the run stands; without `job` it ended so long ago that the job is forgotten.
fn shown(run: &run::Model, job: Option<&Standing>, is_own: bool) -> BulkRun {
    let status = match (run.ended_at, run.stopped, job.map(|job| job.status)) {
        (Some(_), Some(Stopped::Forbidden), _) => BulkStatus::Forbidden,
        (Some(_), Some(Stopped::SecondFactor), _) => BulkStatus::SecondFactor,
        (Some(_), Some(Stopped::FirmClosed), _) => BulkStatus::FirmClosed,
        (Some(_), Some(Stopped::Outdated), _) => BulkStatus::Outdated,
        (Some(_), Some(Stopped::Undone), _) => BulkStatus::Undone,
        (Some(_), None, _) => BulkStatus::Done,
        (None, _, Some(Status::Waiting)) => BulkStatus::Waiting,
        // Between the last part and its mark it is done but for that.
        (None, _, Some(Status::Running | Status::Done)) => BulkStatus::Running,
        (None, _, Some(Status::Dead)) => BulkStatus::Failed,
        (None, _, Some(Status::Cancelled) | None) => BulkStatus::Cancelled,
    };
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    let cancel_requested = job.is_some_and(|job| job.cancel_requested);
    BulkRun {
        job_id: run.job_id.into(),
        undoing: run.undoing,
        status,
        done: count(run.done),
        total: count(run.total),
        changed: count(run.changed),
        unchanged: count(run.unchanged),
        refused: count(run.refused),
        cancel_requested,
        may_cancel: is_own && !status.is_over() && !cancel_requested,
    }
}
