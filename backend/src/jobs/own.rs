//! `/api/jobs`: what one asked for and how far it is.

#![expect(
    clippy::disallowed_methods,
    reason = "jobs are rows of the platform plane; each query names the caller and the firm"
)]

use super::entity::{Column, Entity, Model, Status};
use super::outbox;
use crate::auth::{SignedIn, TenantScope};
use crate::db::begin_write;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use crate::routes::Routes;
use ebenezer_shared::ids::JobId;
use ebenezer_shared::job::JobInfo;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::problem::{Problem, ProblemCode};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveEnum as _, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use std::collections::HashMap;
use uuid::Uuid;

/// So many of the newest are listed.
const LISTED: u64 = 50;

/// The caller's jobs in this firm, the newest first, at most fifty; ended ones are forgotten
/// after a week.
#[utoipa::path(get, path = "/api/jobs", tag = "jobs",
    responses((status = 200, body = Page<JobInfo>)))]
pub async fn list_jobs(signed_in: SignedIn) -> Result<Answer, ApiError> {
    signed_in.must_be_enrolled()?;
    let db = signed_in.state.planes.platform();
    fetch(&signed_in).await?;
    let newest = Entity::find().filter(own(&signed_in)).order_by_desc(Column::CreatedAt);
    let rows = newest.order_by_desc(Column::Id).limit(LISTED).all(db).await?;
    Answer::ok(&Page::whole(rows.iter().map(Model::to_info).collect()))
}

/// One of the caller's jobs.
#[utoipa::path(get, path = "/api/jobs/{id}", tag = "jobs", params(("id" = JobId, Path)),
    responses((status = 200, body = JobInfo), (status = 404, body = Problem)))]
pub async fn get_job(signed_in: SignedIn, Path(id): Path<JobId>) -> Result<Answer, ApiError> {
    signed_in.must_be_enrolled()?;
    let db = signed_in.state.planes.platform();
    fetch(&signed_in).await?;
    Answer::ok(&find(db, &signed_in, id.into()).await?.to_info())
}

/// Stops one of the caller's jobs: at once while it waits, else after the part that it is at.
/// What it did before stays.
#[utoipa::path(post, path = "/api/jobs/{id}/cancel", tag = "jobs", params(("id" = JobId, Path)),
    responses(
        (status = 200, body = JobInfo),
        (status = 404, body = Problem),
        (status = 409, description = "`state_conflict`: it has ended", body = Problem),
    ))]
pub async fn cancel_job(signed_in: SignedIn, Path(id): Path<JobId>) -> Result<Answer, ApiError> {
    signed_in.must_be_enrolled()?;
    let state = &signed_in.state;
    fetch(&signed_in).await?;
    let tx = begin_write(state.planes.platform()).await?;
    find(&tx, &signed_in, id.into()).await?;
    let row = cancel(&tx, id.into(), state.clock.now()).await?;
    tx.commit().await?;
    Answer::ok(&row.to_info())
}

/// Cancels what waits and asks what runs to stop; 409 when it has ended.
pub(super) async fn cancel(
    tx: &impl ConnectionTrait,
    id: Uuid,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Model, ApiError> {
    let of_status = |status: Status| {
        Entity::update_many().filter(Column::Id.eq(id)).filter(Column::Status.eq(status))
    };
    let waited = of_status(Status::Waiting)
        .col_expr(Column::Status, Expr::value(Status::Cancelled.to_value()))
        .col_expr(Column::CancelRequested, Expr::value(true))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .exec(tx)
        .await?;
    let ran = of_status(Status::Running)
        .col_expr(Column::CancelRequested, Expr::value(true))
        .exec(tx)
        .await?;
    if waited.rows_affected + ran.rows_affected == 0 {
        return Err(ProblemCode::StateConflict.into());
    }
    let row = Entity::find_by_id(id).one(tx).await?;
    row.ok_or_else(|| ProblemCode::NotFound.into())
}

/// The caller's jobs in the firm that they are in.
fn own(signed_in: &SignedIn) -> Condition {
    let principal = &signed_in.principal;
    let tenant = principal.place.as_ref().map(|place| place.tenant.id);
    Condition::all()
        .add(Column::RequestedBy.eq(principal.user.id))
        .add(tenant.map_or_else(|| Column::TenantId.is_null(), |id| Column::TenantId.eq(id)))
}

/// Brings what is still on its way from the firm's outbox.
async fn fetch(signed_in: &SignedIn) -> Result<(), ApiError> {
    if let Some(place) = &signed_in.principal.place {
        let plane = signed_in.state.planes.tenant(&place.tenant)?;
        outbox::relay_of(&signed_in.state, &plane, place.tenant.id).await?;
    }
    Ok(())
}

async fn find(
    db: &impl ConnectionTrait,
    signed_in: &SignedIn,
    id: Uuid,
) -> Result<Model, ApiError> {
    let row = Entity::find_by_id(id).filter(own(signed_in)).one(db).await?;
    row.ok_or_else(|| ProblemCode::NotFound.into())
}

/// Where a job of a firm stands.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub status: Status,
    pub cancel_requested: bool,
}

/// Where these jobs of the firm stand; those that were forgotten, since they ended long ago, are
/// left out.
pub async fn standing(
    scope: &TenantScope,
    jobs: &[Uuid],
) -> Result<HashMap<Uuid, Standing>, ApiError> {
    if jobs.is_empty() {
        return Ok(HashMap::new());
    }
    outbox::relay_of(&scope.state, scope.db(), scope.tenant_id()).await?;
    let rows = Entity::find()
        .filter(Column::TenantId.eq(scope.tenant_id()))
        .filter(Column::Id.is_in(jobs.iter().copied()))
        .all(scope.state.planes.platform())
        .await?;
    let pair = |row: Model| {
        (row.id, Standing { status: row.status, cancel_requested: row.cancel_requested })
    };
    Ok(rows.into_iter().map(pair).collect())
}

pub fn routes(routes: &mut Routes) {
    routes.add(__path_list_jobs, list_jobs);
    routes.add(__path_get_job, get_job);
    routes.add(__path_cancel_job, cancel_job);
}
