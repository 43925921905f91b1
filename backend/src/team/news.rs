//! What changed in the platform plane and is to be known in the firm's own plane.
//!
//! The two may be two databases, so no transaction spans them. The platform's transaction
//! writes the news as a job; whoever committed it tells them at once, and the job does so
//! again, which changes nothing unless the first try failed.

#![expect(
    clippy::disallowed_methods,
    reason = "reads rows of the platform plane, which belong to no firm; the lint guards the tenant plane"
)]

use crate::audit::Entry;
use crate::crm::staff;
use crate::db::begin_write;
use crate::error::ApiError;
use crate::jobs::{self, Job};
use crate::platform::{membership, tenant, user};
use crate::state::AppState;
use anyhow::anyhow;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// News for one firm.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct News {
    tenant: Uuid,
    /// Whose memberships changed.
    pub(crate) people: Vec<Uuid>,
    /// What the firm's log tells of it.
    pub(crate) entries: Vec<Entry>,
}

impl News {
    pub fn of(tenant: Uuid) -> Self {
        Self { tenant, people: Vec::new(), entries: Vec::new() }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.entries.is_empty()
    }

    /// That somebody's membership changed.
    pub fn about(tenant: Uuid, user: Uuid) -> Self {
        Self { people: vec![user], ..Self::of(tenant) }
    }
}

/// Brings the firm's plane up to date, as often as one likes.
pub async fn tell(state: &AppState, news: &News) -> anyhow::Result<()> {
    let platform = state.planes.platform();
    let Some(firm) = tenant::by_id(platform, news.tenant).await? else { return Ok(()) };
    // Read before the firm's transaction starts: one connection at a time.
    let memberships = membership::Entity::find()
        .filter(membership::Column::TenantId.eq(firm.id))
        .filter(membership::Column::UserId.is_in(news.people.iter().copied()))
        .find_also_related(user::Entity)
        .all(platform)
        .await?;
    let db = state.planes.tenant(&firm).map_err(cause)?;
    let tx = begin_write(&db).await?;
    for (membership, user) in &memberships {
        if let Some(user) = user {
            staff::project(&tx, membership, user).await?;
        }
    }
    for entry in &news.entries {
        entry.write(&tx, firm.id, &state.chain_key).await?;
    }
    tx.commit().await?;
    if !news.entries.is_empty() {
        state.audit_bell.ring();
    }
    Ok(())
}

/// Right after the commit; a failure is the job's to mend.
pub async fn tell_now(state: &AppState, news: &News) {
    if news.is_empty() {
        return;
    }
    if let Err(error) = tell(state, news).await {
        let cause = format!("{error:#}");
        tracing::warn!(tenant = %news.tenant, cause, "news of the team wait for their job");
    }
}

fn cause(error: ApiError) -> anyhow::Error {
    match error {
        ApiError::Unavailable(cause) | ApiError::Internal(cause) => cause,
        other => anyhow!("the firm's plane cannot be reached: {other:?}"),
    }
}

/// Writes a membership into both planes at once, for those who write whole firms into the
/// main database: the demo data.
pub async fn join(
    tx: &impl sea_orm::ConnectionTrait,
    membership: &membership::Model,
    user: &user::Model,
) -> Result<(), sea_orm::DbErr> {
    membership::insert(tx, membership).await?;
    staff::project(tx, membership, user).await
}

/// Somebody's name or email changed: every firm of theirs shall know. In the transaction of
/// the change; what it answers is for [`tell_now`] after the commit.
pub async fn account_changed(
    tx: &impl sea_orm::ConnectionTrait,
    state: &AppState,
    user: Uuid,
) -> Result<Vec<News>, sea_orm::DbErr> {
    use membership::{Column, Entity};
    Entity::update_many()
        .filter(Column::UserId.eq(user))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(state.clock.now()))
        .exec(tx)
        .await?;
    let memberships = Entity::find().filter(Column::UserId.eq(user)).all(tx).await?;
    let mut all = Vec::new();
    for membership in memberships {
        let news = News::about(membership.tenant_id, user);
        jobs::enqueue(tx, state, &Job::News(news.clone()), None).await?;
        all.push(news);
    }
    Ok(all)
}
