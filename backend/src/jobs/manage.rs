//! `/api/admin/jobs`: every job, for who runs the platform.

#![expect(
    clippy::disallowed_methods,
    reason = "jobs are rows of the platform plane; the lint guards the tenant plane"
)]

use super::entity::{Column, Entity, Model, Status};
use super::own;
use crate::auth::{PlatformStaff, SignedIn};
use crate::db::begin_write;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Json, Path, Query};
use crate::platform::activity::Activity;
use crate::platform::tenant;
use crate::routes::Routes;
use chrono::{DateTime, Utc};
use ebenezer_shared::ids::JobId;
use ebenezer_shared::job::{AdminJob, JobStatus, RetriedJobs, RetryJobs};
use ebenezer_shared::pagination::{COUNT_CAP, DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Page};
use ebenezer_shared::problem::{Problem, ProblemCode};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveEnum as _, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;
use utoipa::IntoParams;
use uuid::Uuid;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AdminJobQuery {
    page: Option<u64>,
    page_size: Option<u64>,
    status: Option<JobStatus>,
    /// `mail`, `housekeeping`, ...
    kind: Option<String>,
}

/// The jobs of all firms and of the platform, the newest first.
#[utoipa::path(get, path = "/api/admin/jobs", tag = "platform", params(AdminJobQuery),
    responses((status = 200, body = Page<AdminJob>)))]
pub async fn list_admin_jobs(
    PlatformStaff(signed_in): PlatformStaff,
    Query(query): Query<AdminJobQuery>,
) -> Result<Answer, ApiError> {
    let (page, page_size) = (query.page.unwrap_or(1), query.page_size.unwrap_or(DEFAULT_PAGE_SIZE));
    if page == 0 || page > COUNT_CAP {
        return Err(ApiError::query("page", "out_of_range"));
    }
    if page_size == 0 || page_size > MAX_PAGE_SIZE {
        return Err(ApiError::query("page_size", "out_of_range"));
    }
    let mut select = Entity::find();
    if let Some(status) = query.status {
        select = select.filter(Column::Status.eq(Status::from(status)));
    }
    if let Some(kind) = query.kind.filter(|kind| !kind.contains(char::is_control)) {
        select = select.filter(Column::Kind.eq(kind));
    }
    let db = signed_in.state.planes.platform();
    let total = select.clone().limit(COUNT_CAP + 1).count(db).await?;
    let rows = select
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .offset((page - 1) * page_size)
        .limit(page_size)
        .all(db)
        .await?;
    let items = views(db, rows).await?;
    let (total, total_is_exact) = (total.min(COUNT_CAP), total <= COUNT_CAP);
    Answer::ok(&Page { items, page, page_size, total, total_is_exact, next_cursor: None })
}

/// Tries a job again that was given up or cancelled. What somebody of a firm asked for and was
/// then told to stop is not begun again without them.
#[utoipa::path(post, path = "/api/admin/jobs/{id}/retry", tag = "platform",
    params(("id" = JobId, Path)),
    responses(
        (status = 200, body = AdminJob),
        (status = 404, body = Problem),
        (status = 409, description = "`state_conflict`: it was not given up, or somebody's own job was stopped", body = Problem),
    ))]
pub async fn retry_admin_job(
    PlatformStaff(signed_in): PlatformStaff,
    Path(id): Path<JobId>,
) -> Result<Answer, ApiError> {
    let state = &signed_in.state;
    let now = state.clock.now();
    let tx = begin_write(state.planes.platform()).await?;
    find(&tx, id.into()).await?;
    let ended = [Status::Dead, Status::Cancelled];
    let which =
        Condition::all().add(Column::Id.eq(Uuid::from(id))).add(Column::Status.is_in(ended));
    if revive(&tx, which, now).await? == 0 {
        return Err(ProblemCode::StateConflict.into());
    }
    entry(&signed_in, "job.retried", id).record(&tx, state, &signed_in.info, now).await?;
    let row = find(&tx, id.into()).await?;
    let answer = one(&tx, row).await?;
    tx.commit().await?;
    state.bell.ring();
    Ok(answer)
}

/// Tries all jobs of a kind again that were given up: what a mail server refused while it was
/// set up wrongly, say. Answers how many there were.
#[utoipa::path(post, path = "/api/admin/jobs/retry", tag = "platform",
    request_body = RetryJobs,
    responses((status = 200, body = RetriedJobs), (status = 422, body = Problem)))]
pub async fn retry_admin_jobs(
    PlatformStaff(signed_in): PlatformStaff,
    Json(RetryJobs { kind }): Json<RetryJobs>,
) -> Result<Answer, ApiError> {
    let state = &signed_in.state;
    let now = state.clock.now();
    let tx = begin_write(state.planes.platform()).await?;
    let which =
        Condition::all().add(Column::Kind.eq(kind.as_str())).add(Column::Status.eq(Status::Dead));
    let count = revive(&tx, which, now).await?;
    if count > 0 {
        Activity::new("jobs.retried", Some(signed_in.principal.user.id), None)
            .details(json!({ "kind": kind, "count": count }))
            .record(&tx, state, &signed_in.info, now)
            .await?;
    }
    tx.commit().await?;
    state.bell.ring();
    Answer::ok(&RetriedJobs { count })
}

/// Has those jobs wait for their turn as if they had never been tried; answers how many. Those
/// that were stopped are not among them if somebody of a firm had asked for them.
async fn revive(
    tx: &impl ConnectionTrait,
    which: Condition,
    now: DateTime<Utc>,
) -> Result<u64, ApiError> {
    let is_wanted =
        Condition::any().add(Column::RequestedBy.is_null()).add(Column::CancelRequested.eq(false));
    let revived = Entity::update_many()
        .filter(which)
        .filter(is_wanted)
        .col_expr(Column::Status, Expr::value(Status::Waiting.to_value()))
        .col_expr(Column::Attempts, Expr::value(0))
        .col_expr(Column::CancelRequested, Expr::value(false))
        .col_expr(Column::RunAt, Expr::value(now))
        .col_expr(Column::GivenUp, Expr::value(Option::<String>::None))
        .col_expr(Column::FinishedAt, Expr::value(Option::<DateTime<Utc>>::None))
        .exec(tx)
        .await?;
    Ok(revived.rows_affected)
}

/// Stops a job: at once while it waits, else after the part that it is at.
#[utoipa::path(post, path = "/api/admin/jobs/{id}/cancel", tag = "platform",
    params(("id" = JobId, Path)),
    responses(
        (status = 200, body = AdminJob),
        (status = 404, body = Problem),
        (status = 409, description = "`state_conflict`: it has ended", body = Problem),
    ))]
pub async fn cancel_admin_job(
    PlatformStaff(signed_in): PlatformStaff,
    Path(id): Path<JobId>,
) -> Result<Answer, ApiError> {
    let state = &signed_in.state;
    let now = state.clock.now();
    let tx = begin_write(state.planes.platform()).await?;
    find(&tx, id.into()).await?;
    let row = own::cancel(&tx, id.into(), now).await?;
    entry(&signed_in, "job.cancelled", id).record(&tx, state, &signed_in.info, now).await?;
    let answer = one(&tx, row).await?;
    tx.commit().await?;
    Ok(answer)
}

fn entry(signed_in: &SignedIn, action: &'static str, id: JobId) -> Activity {
    Activity::new(action, Some(signed_in.principal.user.id), None).details(json!({ "job": id }))
}

async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<Model, ApiError> {
    Entity::find_by_id(id).one(db).await?.ok_or_else(|| ProblemCode::NotFound.into())
}

async fn one(db: &impl ConnectionTrait, row: Model) -> Result<Answer, ApiError> {
    Answer::ok(&views(db, vec![row]).await?.pop())
}

/// The rows with the names of their firms.
async fn views(db: &impl ConnectionTrait, rows: Vec<Model>) -> Result<Vec<AdminJob>, ApiError> {
    let firms: Vec<Uuid> = rows.iter().filter_map(|row| row.tenant_id).collect();
    let firms = tenant::Entity::find().filter(tenant::Column::Id.is_in(firms)).all(db).await?;
    let names: HashMap<Uuid, String> =
        firms.into_iter().map(|firm| (firm.id, firm.company)).collect();
    let view = |row: Model| AdminJob {
        job: row.to_info(),
        tenant_id: row.tenant_id.map(Into::into),
        company: row.tenant_id.and_then(|id| names.get(&id).cloned()),
        requested_by: row.requested_by.map(Into::into),
        attempts: row.attempts,
        run_at: row.run_at,
        error: row.error,
    };
    Ok(rows.into_iter().map(view).collect())
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_list_admin_jobs, list_admin_jobs);
    routes.add(__path_retry_admin_job, retry_admin_job);
    routes.add(__path_retry_admin_jobs, retry_admin_jobs);
    routes.add(__path_cancel_admin_job, cancel_admin_job);
}
