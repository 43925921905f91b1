//! A run over many records, as a worker carries it out.

use super::asked::{Asked, must_be_allowed};
use super::entity::run::{self, Stopped};
use super::{Way, entity, list, part};
use crate::auth::TenantScope;
use crate::crm::merge;
use crate::db;
use crate::error::ApiError;
use crate::http::request::RequestInfo;
use crate::jobs::{Failure, Lease, Origin};
use crate::platform::tenant;
use crate::state::AppState;
use ebenezer_shared::crm::bulk::BulkAction;
use ebenezer_shared::crm::view::ListName;
use ebenezer_shared::problem::ProblemCode;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DatabaseConnection, QueryFilter as _};
use uuid::Uuid;

/// Goes on with a run until it is over or somebody stops it.
pub async fn carry_out(
    state: &AppState,
    lease: &Lease,
    bulk: Uuid,
    way: Way,
) -> Result<(), Failure> {
    let never = |what: &'static str| Failure::Never(anyhow::anyhow!(what));
    let origin = lease.origin.ok_or_else(|| never("a change of many without a firm"))?;
    let firm = tenant::by_id(state.planes.platform(), origin.tenant).await?;
    let firm = firm.ok_or_else(|| never("the firm is gone"))?;
    let plane = state.planes.tenant(&firm).map_err(failed)?;
    let known = db::select::<run::Entity>(origin.tenant)
        .filter(run::Column::BulkId.eq(bulk))
        .filter(run::Column::Undoing.eq(way == Way::Back))
        .filter(run::Column::JobId.eq(lease.id));
    let what = db::by_id::<entity::Entity>(origin.tenant, bulk).one(&plane).await?;
    let what = what.as_ref().and_then(list::what);
    let (Some(mut run), Some(what)) = (known.one(&plane).await?, what) else {
        // Another run took its place.
        return lease.finish(state.planes.platform(), state.clock.now()).await;
    };
    let asked = state.sealer.open(&run.asked_sealed).map_err(anyhow::Error::from)?;
    let asked: Asked = serde_json::from_str(&asked).map_err(anyhow::Error::from)?;
    while run.ended_at.is_none() {
        let count = |number: i64| u64::try_from(number).unwrap_or_default();
        lease.progress(state, count(run.done), count(run.total)).await?;
        match step(state, lease, (bulk, way, what), (origin, &asked)).await {
            Ok(next) => run = next,
            Err(ApiError::Refused(refusal)) => {
                let Some(why) = reason(refusal.code) else {
                    return Err(failed(ApiError::Refused(refusal)));
                };
                tracing::info!(job = %lease.id, code = ?refusal.code, "a change of many ended early");
                stop(&plane, &run, state.clock.now(), why).await?;
                break;
            }
            Err(error) => return Err(failed(error)),
        }
    }
    let done = u64::try_from(run.done).unwrap_or_default();
    match lease.progress(state, done, done).await {
        // It was the last part.
        Ok(()) | Err(Failure::Cancelled) => {}
        Err(error) => return Err(error),
    }
    lease.finish(state.planes.platform(), state.clock.now()).await
}

/// One part, in the name of whoever asked for it and as far as they may.
async fn step(
    state: &AppState,
    lease: &Lease,
    (bulk, way, (list, action)): (Uuid, Way, (ListName, BulkAction)),
    (origin, asked): (Origin, &Asked),
) -> Result<run::Model, ApiError> {
    let info = RequestInfo::of_job(asked.request_id.clone(), asked.ip, asked.locale);
    let scope = TenantScope::of_job(state, origin, info).await?;
    let run = (bulk, way, lease.id);
    match list {
        ListName::Contacts => {
            must_be_allowed::<merge::Contacts>(&scope, action)?;
            part::next::<merge::Contacts>(&scope, run, asked).await
        }
        ListName::Corporations => {
            must_be_allowed::<merge::Corporations>(&scope, action)?;
            part::next::<merge::Corporations>(&scope, run, asked).await
        }
    }
}

/// Why a refused run is over; none for what nobody knows how to tell.
const fn reason(code: ProblemCode) -> Option<Stopped> {
    use ProblemCode as P;
    match code {
        P::ValidationFailed | P::InvalidQuery => Some(Stopped::Outdated),
        P::PermissionRequired | P::NotAMember => Some(Stopped::Forbidden),
        P::MfaEnrolmentRequired => Some(Stopped::SecondFactor),
        P::TenantPaused | P::TenantSuspended | P::TenantCancelled => Some(Stopped::FirmClosed),
        _ => None,
    }
}

async fn stop(
    plane: &DatabaseConnection,
    run: &run::Model,
    now: chrono::DateTime<chrono::Utc>,
    why: Stopped,
) -> Result<(), Failure> {
    use sea_orm::ActiveEnum as _;
    db::update_by::<run::Entity>(run.tenant_id)
        .filter(run::Column::BulkId.eq(run.bulk_id))
        .filter(run::Column::Undoing.eq(run.undoing))
        .filter(run::Column::EndedAt.is_null())
        .col_expr(run::Column::Stopped, Expr::value(why.to_value()))
        .col_expr(run::Column::EndedAt, Expr::value(now))
        .exec(plane)
        .await?;
    Ok(())
}

fn failed(error: ApiError) -> Failure {
    match error {
        ApiError::Unavailable(cause) | ApiError::Internal(cause) => Failure::Again(cause),
        ApiError::Refused(refusal) => Failure::Never(anyhow::anyhow!("{:?}", refusal.code)),
        ApiError::Replayed(_) => Failure::Never(anyhow::anyhow!("a worker sends no request")),
    }
}
