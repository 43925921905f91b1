//! An invitation as whoever holds its link meets it.

use super::store;
use crate::auth::tokens::hash_token;
use crate::error::ApiError;
use crate::platform::invitation::{self, Sent};
use crate::platform::membership::{self, OWN};
use crate::platform::tenant;
use crate::team::rights::Rights;
use chrono::{DateTime, Utc};
use ebenezer_shared::permission::{Action, Module, Permission};
use ebenezer_shared::problem::ProblemCode;
use ebenezer_shared::tenant::TenantStatus;
use sea_orm::ConnectionTrait;

/// An invitation that can be accepted now.
pub struct Offer {
    pub sent: Sent,
    pub tenant: tenant::Model,
}

impl Offer {
    /// That of the link's token; 410 when it is good no more, 403 when the firm takes nobody
    /// for now. The token proves the mailbox, so the reasons may be told.
    pub async fn open(
        db: &impl ConnectionTrait,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<Self, ApiError> {
        let found = invitation::by_token_hash(db, &hash_token(token)).await?;
        let sent = found.ok_or(ApiError::from(ProblemCode::LinkExpired))?;
        if sent.0.accepted_at.is_some() {
            return Err(ProblemCode::InvitationUsed.into());
        }
        if !sent.0.is_open() {
            return Err(ProblemCode::InvitationRevoked.into());
        }
        if sent.0.is_expired(now) {
            return Err(ProblemCode::InvitationExpired.into());
        }
        let tenant = tenant::by_id(db, sent.0.tenant_id).await?;
        let tenant = tenant.ok_or(ApiError::from(ProblemCode::LinkExpired))?;
        match tenant.effective_status(now) {
            TenantStatus::Active => {}
            TenantStatus::Paused => return Err(ProblemCode::TenantPaused.into()),
            TenantStatus::Suspended => return Err(ProblemCode::TenantSuspended.into()),
            TenantStatus::Cancelled => return Err(ProblemCode::TenantCancelled.into()),
        }
        let offer = Self { sent, tenant };
        if offer.is_backed(db).await? {
            Ok(offer)
        } else {
            Err(ProblemCode::InvitationRevoked.into())
        }
    }

    /// Whether who sent it could send it today.
    async fn is_backed(&self, db: &impl ConnectionTrait) -> Result<bool, ApiError> {
        const INVITE: Permission = Permission::Module(Module::Team, Action::Add);
        let (invitation, own_role, inviter) = &self.sent;
        let works = inviter.as_ref().is_some_and(|user| user.is_active);
        let role_is_gone = invitation.role == OWN && own_role.is_none();
        let seat = membership::of_user_in(db, invitation.invited_by, self.tenant.id).await?;
        let Some((seat, _)) = seat.filter(|_| works && !role_is_gone) else { return Ok(false) };
        let rights = Rights::of(&seat);
        let granted = store::rights(invitation, own_role.as_ref());
        Ok(rights.permissions.contains(INVITE) && rights.cover(&granted).is_ok())
    }

    pub fn inviter_name(&self) -> String {
        self.sent.2.as_ref().map(|user| user.full_name.clone()).unwrap_or_default()
    }
}
