//! What a request of a firm changes in the platform plane: its people, roles, invitations.

use super::idempotency::{self, Reservation};
use super::{Needs, Scope, TenantScope};
use crate::audit::{Actor, Audit};
use crate::db::begin_write;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::jobs::{self, Job};
use crate::mail::Letter;
use crate::platform::{membership, tenant};
use crate::team::news::{self, News};
use crate::team::rights::Rights;
use ebenezer_shared::problem::ProblemCode;
use sea_orm::DatabaseTransaction;
use std::ops::Deref;
use uuid::Uuid;

/// A transaction of the platform plane, one at a time for each firm. What the firm's own
/// plane must know of it is told when it is over, and once more by a job in case this
/// process is killed in between.
pub struct PlatformCommand<'s> {
    scope: &'s TenantScope,
    tx: DatabaseTransaction,
    reservation: Option<Reservation>,
    news: News,
    /// The firm as it is now.
    pub tenant: tenant::Model,
    /// What the caller may do now, whatever was so when the request came in.
    pub rights: Rights,
}

impl Deref for PlatformCommand<'_> {
    type Target = TenantScope;

    fn deref(&self) -> &TenantScope {
        self.scope
    }
}

impl<P: Needs> Scope<P> {
    /// Starts a change of the firm's people.
    pub async fn platform_command(&self) -> Result<PlatformCommand<'_>, ApiError> {
        let scope: &TenantScope = self;
        let tx = begin_write(scope.state.planes.platform()).await?;
        let tenant = tenant::lock(&tx, scope.tenant_id()).await?;
        let tenant = tenant.ok_or(ApiError::from(ProblemCode::NotAMember))?;
        let seat = membership::of_user_in(&tx, scope.user_id(), tenant.id).await?;
        let (seat, _) = seat.ok_or(ApiError::from(ProblemCode::NotAMember))?;
        let rights = Rights::of(&seat);
        if !rights.permissions.contains(P::PERMISSION) {
            return Err(ApiError::missing(&P::PERMISSION));
        }
        // The main database holds the tables of the tenant plane, too: of shared firms.
        let reservation = idempotency::reserve(scope, &tx).await?;
        let news = News::of(tenant.id);
        Ok(PlatformCommand { scope, tx, reservation, news, tenant, rights })
    }
}

impl PlatformCommand<'_> {
    pub fn tx(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// The firm's plane shall show the membership as it is after this.
    pub fn project(&mut self, user: Uuid) {
        self.news.people.push(user);
    }

    /// The firm's log shall tell of it.
    pub fn audit(&mut self, audit: Audit) {
        self.news.entries.push(audit.entry(&Actor::of(self.scope)));
    }

    /// A mail shall be sent; answers the id of its job.
    pub async fn mail(&self, letter: Letter) -> Result<Uuid, ApiError> {
        Ok(jobs::enqueue(&self.tx, &self.scope.state, &Job::Mail(letter), None).await?)
    }

    /// Makes it all true at once and answers.
    pub async fn commit(self, answer: Answer) -> Result<Answer, ApiError> {
        let state = &self.scope.state;
        if !self.news.is_empty() {
            jobs::enqueue(&self.tx, state, &Job::News(self.news.clone()), None).await?;
        }
        if let Some(reservation) = &self.reservation {
            reservation.remember(self.scope, &self.tx, &answer).await?;
        }
        self.tx.commit().await?;
        state.principals.clear();
        news::tell_now(state, &self.news).await;
        state.bell.ring();
        Ok(answer)
    }
}
