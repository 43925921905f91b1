//! `POST /api/team/{id}/deactivate` and `POST /api/team/{id}/reactivate`

use super::store;
use crate::audit::Audit;
use crate::auth::{PlatformCommand, Scope, permissions::TeamChange, sessions};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Path};
use crate::platform::invitation;
use crate::team::references::Departments;
use crate::team::seats;
use ebenezer_shared::ids::UserId;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::problem::Problem;
use ebenezer_shared::team::TeamMember;
use uuid::Uuid;

/// Closes the firm to a member, at once; what they did stays. Their sessions in this firm
/// end, and their open invitations are taken back.
#[utoipa::path(post, path = "/api/team/{id}/deactivate", tag = "team",
    params(("id" = UserId, Path), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 200, body = TeamMember),
        (status = 403, description = "`beyond_own_permissions`, `owner_required` and those of every request", body = Problem),
        (status = 404, body = Problem),
        (status = 409, description = "`last_owner`, `own_membership`", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
        (status = 422, description = "`idempotency_key_reused`", body = Problem),
    ))]
pub async fn deactivate_member(
    scope: Scope<TeamChange>,
    Path(id): Path<UserId>,
    if_match: IfMatch,
) -> Result<Answer, ApiError> {
    set_active(&scope, id.into(), &if_match, false).await
}

/// Opens the firm again to a member who was deactivated.
#[utoipa::path(post, path = "/api/team/{id}/reactivate", tag = "team",
    params(("id" = UserId, Path), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 200, body = TeamMember),
        (status = 402, description = "`plan_limit`", body = Problem),
        (status = 403, description = "`beyond_own_permissions`, `owner_required` and those of every request", body = Problem),
        (status = 404, body = Problem),
        (status = 409, description = "`own_membership`", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
        (status = 422, description = "`idempotency_key_reused`", body = Problem),
    ))]
pub async fn reactivate_member(
    scope: Scope<TeamChange>,
    Path(id): Path<UserId>,
    if_match: IfMatch,
) -> Result<Answer, ApiError> {
    set_active(&scope, id.into(), &if_match, true).await
}

async fn set_active(
    scope: &Scope<TeamChange>,
    id: Uuid,
    if_match: &IfMatch,
    active: bool,
) -> Result<Answer, ApiError> {
    let departments = Departments::read(scope).await?;
    let mut command = scope.platform_command().await?;
    let before = store::find(command.tx(), scope.tenant_id(), id).await?;
    if_match.check(before.version())?;
    let mut after = before.clone();
    after.seat.membership.is_active = active;
    if after != before {
        store::keep_an_owner(&command, &before).await?;
        store::not_oneself(&command, &before)?;
        command.rights.cover(&before.rights())?;
        if active {
            // Who is invited has a place of their own, so here invitations count as well.
            let (state, now) = (&scope.state, scope.now());
            seats::check_for_invitation(state, command.tx(), &command.tenant, now).await?;
        } else {
            shut_out(&command, id).await?;
        }
        store::save(&mut command, &mut after).await?;
        let (old, new) = (
            before.view(&departments, Locale::default()),
            after.view(&departments, Locale::default()),
        );
        command.audit(Audit::updated("member", id, &old, &new)?);
    }
    let answer = Answer::ok(&after.view(&departments, scope.info.locale))?.etag(after.version());
    command.commit(answer).await
}

/// What somebody who no longer works here has open is closed.
pub(super) async fn shut_out(command: &PlatformCommand<'_>, user: Uuid) -> Result<(), ApiError> {
    let (tenant, now) = (command.tenant.id, command.now());
    sessions::end_in_tenant(command.tx(), user, tenant, "membership_ended", now).await?;
    invitation::revoke_of(command.tx(), tenant, user, now).await?;
    Ok(())
}
