//! What a worker does in the name of somebody who asked for it.

use super::{TenantScope, check_status};
use crate::auth::{principal, two_factor};
use crate::error::ApiError;
use crate::http::request::RequestInfo;
use crate::jobs::Origin;
use crate::platform::{membership, user};
use crate::state::AppState;
use ebenezer_shared::problem::ProblemCode;
use std::rc::Rc;

impl TenantScope {
    /// What whoever asked for a job may reach now. Refused as their request would be: who left
    /// the firm, or lost what they were allowed, has nothing done in their name.
    pub async fn of_job(
        state: &AppState,
        origin: Origin,
        info: RequestInfo,
    ) -> Result<Self, ApiError> {
        Self::of(state, origin, info, false).await
    }

    /// What somebody may reach now who does not ask themself: in a paused firm only where it
    /// `reads`.
    pub async fn of(
        state: &AppState,
        origin: Origin,
        info: RequestInfo,
        reads: bool,
    ) -> Result<Self, ApiError> {
        let platform = state.planes.platform();
        let gone = || ApiError::from(ProblemCode::NotAMember);
        let user = user::by_id(platform, origin.user).await?;
        let user = user.filter(|user| user.is_active).ok_or_else(gone)?;
        let seat = membership::of_user_in(platform, user.id, origin.tenant).await?;
        let (seat, tenant) = seat.ok_or_else(gone)?;
        let place = principal::place(state, &seat, tenant).await?;
        check_status(&place, state.clock.now(), user.is_staff, reads)?;
        if two_factor::must_enrol(state, &user, Some(&place)).await? {
            return Err(ProblemCode::MfaEnrolmentRequired.into());
        }
        let db = state.planes.tenant(&place.tenant)?;
        let (state, info) = (state.clone(), Rc::new(info));
        Ok(Self { state, info, user, session: None, place, db, request: None })
    }
}
