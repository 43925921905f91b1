//! `POST /api/auth/invitations/look`

use super::offer::Offer;
use super::store;
use crate::auth::Public;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use crate::http::limits::Quota;
use crate::platform::user;
use crate::team::references::role_ref;
use ebenezer_shared::problem::Problem;
use ebenezer_shared::team::{InvitationOffer, LookAtInvitation};

/// What an invitation offers, to whoever holds the link of the mail.
#[utoipa::path(post, path = "/api/auth/invitations/look", tag = "auth",
    request_body = LookAtInvitation,
    responses(
        (status = 200, body = InvitationOffer),
        (status = 403, description = "`tenant_paused`, `tenant_suspended`, `tenant_cancelled`", body = Problem),
        (status = 410, description = "`invitation_used`, `invitation_expired`, `invitation_revoked`, `link_expired`", body = Problem),
    ))]
pub async fn look_at_invitation(
    public: Public,
    Json(body): Json<LookAtInvitation>,
) -> Result<Answer, ApiError> {
    let Public { state, info, request } = &public;
    let quota = Quota::per_minute(state.config.limits.login_per_address_per_minute);
    state.limiter.check(request, "login-address", &info.ip.to_string(), quota).await?;
    let db = state.planes.platform();
    let offer = Offer::open(db, &body.token, state.clock.now()).await?;
    let (invitation, own_role, _) = &offer.sent;
    let has_account = user::by_email(db, &invitation.email).await?.is_some();
    Answer::ok(&InvitationOffer {
        company: offer.tenant.company.clone(),
        email: invitation.email.clone(),
        role: role_ref(store::role_key(invitation), own_role.as_ref(), info.locale),
        invited_by: offer.inviter_name(),
        has_account,
        expires_at: invitation.expires_at,
    })
}
