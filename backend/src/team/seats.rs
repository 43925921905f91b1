//! How many people a firm may have.

use crate::error::{ApiError, Refusal};
use crate::platform::{invitation, membership, plan, tenant};
use crate::state::AppState;
use chrono::{DateTime, Utc};
use ebenezer_shared::problem::ProblemCode;
use sea_orm::{ConnectionTrait, DbErr};

/// Where a firm gets a larger plan.
const UPGRADE_PATH: &str = "/settings";

/// 402 when the plan has no place for one more: members and pending invitations count.
pub async fn check_for_invitation(
    state: &AppState,
    db: &impl ConnectionTrait,
    tenant: &tenant::Model,
    now: DateTime<Utc>,
) -> Result<(), ApiError> {
    let pending = invitation::count_pending(db, tenant.id, now).await?;
    let members = membership::active_users(db, tenant.id).await?;
    check(state, limit(db, tenant).await?, members + pending)
}

/// 402 when the plan has no place for one more member. Those who are invited have none yet.
pub async fn check_for_member(
    state: &AppState,
    db: &impl ConnectionTrait,
    tenant: &tenant::Model,
) -> Result<(), ApiError> {
    let members = membership::active_users(db, tenant.id).await?;
    check(state, limit(db, tenant).await?, members)
}

/// So many members the plan allows; none: any number.
async fn limit(db: &impl ConnectionTrait, tenant: &tenant::Model) -> Result<Option<u64>, DbErr> {
    let plan = plan::by_key(db, &tenant.plan_key).await?;
    Ok(plan.and_then(|plan| plan.max_users).map(|max| u64::try_from(max).unwrap_or_default()))
}

fn check(state: &AppState, limit: Option<u64>, used: u64) -> Result<(), ApiError> {
    match limit {
        Some(limit) if used >= limit => Err(Refusal {
            limit: Some(limit),
            used: Some(used),
            upgrade_url: Some(state.link(UPGRADE_PATH)),
            ..Refusal::new(ProblemCode::PlanLimit)
        }
        .into()),
        _ => Ok(()),
    }
}
