//! Taking jobs from the table and saying how they went.

#![expect(
    clippy::disallowed_methods,
    reason = "jobs belong to the platform; the lint guards the tenant plane"
)]

use super::entity::{ActiveModel, Column, Entity, GivenUp, Model, Status};
use super::{Failure, Job, Origin};
use crate::crypto::SealError;
use crate::db::begin_write;
use crate::state::AppState;
use chrono::{DateTime, TimeDelta, Utc};
use rand::RngExt as _;
use sea_orm::sea_query::{Expr, LockBehavior, LockType, OnConflict};
use sea_orm::{
    ActiveEnum as _, ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};
use uuid::Uuid;

/// After so many attempts a job is given up: the last one about a day after the first.
const ATTEMPTS: i32 = 15;
const FIRST_DELAY: TimeDelta = TimeDelta::seconds(10);
const LONGEST_DELAY: TimeDelta = TimeDelta::hours(6);
/// The kind of a job whose kind cannot be read.
const UNREADABLE: &str = "unreadable";
/// So much of an error is kept.
const ERROR_LENGTH: usize = 500;

/// Writes a job in the caller's transaction; [`super::Bell::ring`] after the commit starts
/// it at once. Of several jobs with one `unique_key` the first counts. Answers the id that the
/// job has if it counts.
pub async fn enqueue(
    db: &impl ConnectionTrait,
    state: &AppState,
    job: &Job,
    unique_key: Option<String>,
) -> Result<Uuid, DbErr> {
    let (id, payload) = (Uuid::now_v7(), sealed(state, job)?);
    let row = ActiveModel {
        unique_key: Set(unique_key),
        ..waiting(id, job.kind(), payload, state.clock.now(), None)
    };
    let once = OnConflict::column(Column::UniqueKey).do_nothing().to_owned();
    Entity::insert(row).on_conflict(once).try_insert().exec_without_returning(db).await?;
    Ok(id)
}

/// What to do as it is stored.
pub(super) fn sealed(state: &AppState, job: &Job) -> Result<String, DbErr> {
    let payload = serde_json::to_string(job).map_err(|error| DbErr::Json(error.to_string()))?;
    Ok(state.sealer.seal(&payload))
}

/// Opens what [`sealed`] made.
fn opened(state: &AppState, payload: &str) -> Result<Job, Unreadable> {
    let plain = state.sealer.open(payload)?;
    serde_json::from_str(&plain).map_err(|_| Unreadable::of_content(&plain))
}

/// Why a job cannot be read. Nothing of what it holds is told.
#[derive(Debug, thiserror::Error)]
enum Unreadable {
    #[error("no FIELD_ENCRYPTION_KEY opens it; try it again when its key is back")]
    Sealed(#[from] SealError),
    #[error("this version knows no job `{0}`, or none of this form")]
    Content(String),
}

impl Unreadable {
    fn of_content(plain: &str) -> Self {
        let content: Option<serde_json::Value> = serde_json::from_str(plain).ok();
        let kind = content.as_ref().and_then(|content| content.get("kind")?.as_str());
        Self::Content(kind.unwrap_or_default().chars().take(40).collect())
    }
}

/// Takes a job over from an outbox; one that is known already stays as it is. What cannot be
/// read is kept as given up: it must not stand in the way of what comes after it.
pub(super) async fn adopt(
    state: &AppState,
    id: Uuid,
    payload: String,
    created_at: DateTime<Utc>,
    origin: Origin,
) -> Result<(), DbErr> {
    let db = state.planes.platform();
    let row = match opened(state, &payload) {
        Ok(job) => waiting(id, job.kind(), payload, created_at, Some(origin)),
        Err(why) => {
            tracing::error!(job = %id, %why, "a job of an outbox was given up");
            ActiveModel {
                status: Set(Status::Dead),
                error: Set(Some(why.to_string())),
                finished_at: Set(Some(state.clock.now())),
                ..waiting(id, UNREADABLE, payload, created_at, Some(origin))
            }
        }
    };
    let once = OnConflict::column(Column::Id).do_nothing().to_owned();
    Entity::insert(row).on_conflict(once).try_insert().exec_without_returning(db).await?;
    Ok(())
}

fn waiting(
    id: Uuid,
    kind: &str,
    payload: String,
    now: DateTime<Utc>,
    origin: Option<Origin>,
) -> ActiveModel {
    ActiveModel {
        id: Set(id),
        kind: Set(kind.to_owned()),
        payload: Set(payload),
        unique_key: Set(None),
        status: Set(Status::Waiting),
        attempts: Set(0),
        run_at: Set(now),
        leased_by: Set(None),
        leased_until: Set(None),
        error: Set(None),
        created_at: Set(now),
        finished_at: Set(None),
        tenant_id: Set(origin.map(|origin| origin.tenant)),
        requested_by: Set(origin.map(|origin| origin.user)),
        progress_done: Set(0),
        progress_total: Set(None),
        cancel_requested: Set(false),
        given_up: Set(None),
    }
}

/// A job that this worker may run until the lease ends.
#[derive(Clone)]
pub struct Lease {
    pub id: Uuid,
    pub job: Job,
    /// When the job was written: the same at every attempt.
    pub created_at: DateTime<Utc>,
    /// For whom; none for the platform itself.
    pub origin: Option<Origin>,
    attempts: i32,
    worker: Uuid,
}

/// Takes the job whose turn is next: one that waits, or one whose worker is gone. Those that
/// nobody can do are given up on the way. Those of kinds that are `full` wait.
pub async fn claim(state: &AppState, worker: Uuid, full: &[&str]) -> anyhow::Result<Option<Lease>> {
    loop {
        match take(state, worker, full).await? {
            Taken::Nothing => return Ok(None),
            Taken::GivenUp => {}
            Taken::Job(lease) => return Ok(Some(*lease)),
        }
    }
}

enum Taken {
    Nothing,
    /// Somebody has to look at it.
    GivenUp,
    Job(Box<Lease>),
}

async fn take(state: &AppState, worker: Uuid, full: &[&str]) -> anyhow::Result<Taken> {
    let db = state.planes.platform();
    let now = state.clock.now();
    // Looking costs nothing; only then is the writer's place taken (SQLite has but one).
    if due(now, full).one(db).await?.is_none() {
        return Ok(Taken::Nothing);
    }
    let tx = begin_write(db).await?;
    let next = due(now, full);
    let next = next.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let Some(row) = next.one(&tx).await? else { return Ok(Taken::Nothing) };
    if row.status == Status::Running && row.attempts >= ATTEMPTS {
        let why = "no worker survived it";
        give_up(&tx, &row, why, Some(GivenUp::Exhausted), now).await?;
        tx.commit().await?;
        return Ok(Taken::GivenUp);
    }
    let job = match opened(state, &row.payload) {
        Ok(job) => job,
        Err(why) => {
            give_up(&tx, &row, &why.to_string(), None, now).await?;
            tx.commit().await?;
            return Ok(Taken::GivenUp);
        }
    };
    Entity::update_many()
        .filter(Column::Id.eq(row.id))
        .col_expr(Column::Status, Expr::value(Status::Running.to_value()))
        // Unknown as long as it could not be read.
        .col_expr(Column::Kind, Expr::value(job.kind()))
        .col_expr(Column::Attempts, Expr::value(row.attempts + 1))
        .col_expr(Column::LeasedBy, Expr::value(worker))
        .col_expr(Column::LeasedUntil, Expr::value(now + state.config.worker_lease))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    let (id, created_at, attempts) = (row.id, row.created_at, row.attempts + 1);
    let origin = row.tenant_id.zip(row.requested_by);
    let origin = origin.map(|(tenant, user)| Origin { tenant, user });
    Ok(Taken::Job(Box::new(Lease { id, job, created_at, origin, attempts, worker })))
}

/// Marks as dead what nobody runs.
async fn give_up(
    tx: &impl ConnectionTrait,
    row: &Model,
    why: &str,
    given_up: Option<GivenUp>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .filter(Column::Id.eq(row.id))
        .col_expr(Column::Status, Expr::value(Status::Dead.to_value()))
        .col_expr(Column::Error, Expr::value(why))
        .col_expr(Column::GivenUp, Expr::value(given_up.map(|why| why.to_value())))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .exec(tx)
        .await?;
    tracing::error!(job = %row.id, kind = row.kind, why, "a job was given up");
    Ok(())
}

fn due(now: DateTime<Utc>, full: &[&str]) -> sea_orm::Select<Entity> {
    let waits =
        Condition::all().add(Column::Status.eq(Status::Waiting)).add(Column::RunAt.lte(now));
    let lost =
        Condition::all().add(Column::Status.eq(Status::Running)).add(Column::LeasedUntil.lt(now));
    let kinds = (!full.is_empty()).then(|| Column::Kind.is_not_in(full.iter().copied()));
    Entity::find()
        .filter(Condition::any().add(waits).add(lost))
        .filter(Condition::all().add_option(kinds))
        .order_by_asc(Column::RunAt)
        .order_by_asc(Column::Id)
        .limit(1)
}

impl Lease {
    /// Marks the job as done, in the transaction of its effect. An error when the lease was
    /// lost meanwhile: the effect must not be written then.
    pub async fn finish(
        &self,
        db: &impl ConnectionTrait,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        if self.mark_done(db, now).await? { Ok(()) } else { Err(lost()) }
    }

    /// The same for an effect outside of the database; false when the lease was lost.
    pub(super) async fn mark_done(
        &self,
        db: &impl ConnectionTrait,
        now: DateTime<Utc>,
    ) -> Result<bool, DbErr> {
        let done = self
            .own()
            .col_expr(Column::Status, Expr::value(Status::Done.to_value()))
            .col_expr(Column::FinishedAt, Expr::value(now))
            .col_expr(Column::Error, Expr::value(Option::<String>::None))
            .exec(db)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Notes how far the job is. Fails when somebody asked to stop it, or the lease was lost:
    /// call it between two parts of the work, each of which is whole by itself.
    pub async fn progress(&self, state: &AppState, done: u64, total: u64) -> Result<(), Failure> {
        let db = state.planes.platform();
        let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let noted = self
            .own()
            .col_expr(Column::ProgressDone, Expr::value(number(done)))
            .col_expr(Column::ProgressTotal, Expr::value(number(total)))
            .exec(db)
            .await?;
        if noted.rows_affected == 0 {
            return Err(lost());
        }
        let row = Entity::find_by_id(self.id).one(db).await?;
        if row.is_some_and(|row| row.cancel_requested) {
            return Err(Failure::Cancelled);
        }
        Ok(())
    }

    /// Keeps others from taking the job for another while; false when it is too late.
    pub async fn renew(&self, state: &AppState) -> Result<bool, DbErr> {
        let until = state.clock.now() + state.config.worker_lease;
        let renewed = self
            .own()
            .col_expr(Column::LeasedUntil, Expr::value(until))
            .exec(state.planes.platform())
            .await?;
        Ok(renewed.rows_affected == 1)
    }

    /// Notes what went wrong, and when to try again.
    pub async fn fail(&self, state: &AppState, failure: Failure) -> Result<(), DbErr> {
        let now = state.clock.now();
        let (error, given_up) = match failure {
            Failure::Again(error) if self.attempts < ATTEMPTS => (error, None),
            Failure::Again(error) => (error, Some(GivenUp::Exhausted)),
            Failure::Never(error) => (error, Some(GivenUp::Refused)),
            Failure::Cancelled => return self.end_cancelled(state, now, None).await,
            Failure::Void(why) => return self.end_cancelled(state, now, Some(why)).await,
        };
        let why: String = format!("{error:#}").chars().take(ERROR_LENGTH).collect();
        let kind = self.job.kind();
        let update = if let Some(given_up) = given_up {
            tracing::error!(job = %self.id, kind, attempt = self.attempts, %why, "a job was given up");
            self.own()
                .col_expr(Column::Status, Expr::value(Status::Dead.to_value()))
                .col_expr(Column::GivenUp, Expr::value(given_up.to_value()))
                .col_expr(Column::FinishedAt, Expr::value(now))
        } else {
            let wait = delay(self.attempts);
            tracing::warn!(job = %self.id, kind, attempt = self.attempts, %why, "a job failed");
            self.own()
                .col_expr(Column::Status, Expr::value(Status::Waiting.to_value()))
                .col_expr(Column::RunAt, Expr::value(now + wait))
        };
        update.col_expr(Column::Error, Expr::value(why)).exec(state.planes.platform()).await?;
        Ok(())
    }

    /// Ends what somebody stopped or, with a reason, what is for nothing by now.
    async fn end_cancelled(
        &self,
        state: &AppState,
        now: DateTime<Utc>,
        why: Option<&'static str>,
    ) -> Result<(), DbErr> {
        tracing::info!(job = %self.id, kind = self.job.kind(), why, "a job was cancelled");
        self.own()
            .col_expr(Column::Status, Expr::value(Status::Cancelled.to_value()))
            .col_expr(Column::Error, Expr::value(why))
            .col_expr(Column::FinishedAt, Expr::value(now))
            .exec(state.planes.platform())
            .await?;
        Ok(())
    }

    fn own(&self) -> sea_orm::UpdateMany<Entity> {
        Entity::update_many()
            .filter(Column::Id.eq(self.id))
            .filter(Column::Status.eq(Status::Running))
            .filter(Column::LeasedBy.eq(self.worker))
    }
}

/// Somebody else has the job.
pub(super) fn lost() -> Failure {
    Failure::Again(anyhow::anyhow!("the lease was lost"))
}

/// Twice as long after each attempt, give or take a fifth, so that what failed together
/// does not come back together.
fn delay(attempts: i32) -> TimeDelta {
    let doublings = u32::try_from(attempts - 1).unwrap_or_default().min(16);
    let whole = (FIRST_DELAY * 2_i32.saturating_pow(doublings)).min(LONGEST_DELAY);
    let jitter = rand::rng().random_range(80..=120);
    whole * jitter / 100
}

/// Forgets jobs that ended before then.
pub async fn forget(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::FinishedAt.lt(before))
        .filter(Column::Status.is_in([Status::Done, Status::Cancelled]))
        .exec(db)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_come_further_and_further_apart() {
        for (attempt, seconds) in [(1, 10), (2, 20), (5, 160), (12, 20_480), (30, 21_600)] {
            let wait = delay(attempt).num_seconds();
            assert!((seconds * 8 / 10..=seconds * 12 / 10).contains(&wait), "{attempt}: {wait}");
        }
    }
}
