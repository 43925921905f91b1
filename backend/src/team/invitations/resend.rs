//! `POST /api/team/invitations/{id}/resend`

use super::store;
use crate::audit::Audit;
use crate::auth::tokens::{hash_token, new_token};
use crate::auth::{Scope, permissions::TeamAdd};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use crate::platform::{invitation, user};
use crate::team::references::Departments;
use crate::team::seats;
use ebenezer_shared::ids::InvitationId;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::team::Invitation;
use secrecy::ExposeSecret as _;

/// Sends the mail again, with another link that is good for seven days; the earlier one is
/// good no more.
#[utoipa::path(post, path = "/api/team/invitations/{id}/resend", tag = "team",
    params(("id" = InvitationId, Path)),
    responses(
        (status = 200, body = Invitation),
        (status = 402, description = "`plan_limit`", body = Problem),
        (status = 403, description = "`beyond_own_permissions`, `owner_required` and those of every request", body = Problem),
        (status = 404, body = Problem),
        (status = 422, description = "`idempotency_key_reused`", body = Problem),
    ))]
pub async fn resend_invitation(
    scope: Scope<TeamAdd>,
    Path(id): Path<InvitationId>,
) -> Result<Answer, ApiError> {
    let departments = Departments::read(&scope).await?;
    let mut command = scope.platform_command().await?;
    let found = invitation::find_open(command.tx(), scope.tenant_id(), id.into()).await?;
    let mut sent = found.ok_or(ApiError::from(ProblemCode::NotFound))?;
    command.rights.cover(&store::rights(&sent.0, sent.1.as_ref()))?;
    let now = scope.now();
    if sent.0.is_expired(now) {
        seats::check_for_invitation(&scope.state, command.tx(), &command.tenant, now).await?;
    }
    store::limit_mails(&scope).await?;
    let before = store::view(&sent, &departments, Locale::default(), now);
    let token = new_token();
    store::renew(&mut sent.0, &scope, hash_token(token.expose_secret()));
    sent.2 = user::by_id(command.tx(), scope.user_id()).await?;
    sent.0.mail_job_id = Some(store::send(&command, &sent, &token).await?);
    store::save(command.tx(), &sent.0).await?;
    let after = store::view(&sent, &departments, Locale::default(), now);
    command.audit(Audit::updated("invitation", id, &before, &after)?);
    let view = store::just_sent(&sent, &departments, scope.info.locale, now);
    command.commit(Answer::ok(&view)?).await
}
