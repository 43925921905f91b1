//! `DELETE /api/team/invitations/{id}`

use super::store;
use crate::audit::Audit;
use crate::auth::{Scope, permissions::TeamAdd};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use crate::platform::invitation;
use crate::team::references::Departments;
use ebenezer_shared::ids::InvitationId;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::problem::{Problem, ProblemCode};

/// Takes an invitation back: its link is good no more. Whoever may invite may do so.
#[utoipa::path(delete, path = "/api/team/invitations/{id}", tag = "team",
    params(("id" = InvitationId, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn revoke_invitation(
    scope: Scope<TeamAdd>,
    Path(id): Path<InvitationId>,
) -> Result<Answer, ApiError> {
    let departments = Departments::read(&scope).await?;
    let mut command = scope.platform_command().await?;
    let found = invitation::find_open(command.tx(), scope.tenant_id(), id.into()).await?;
    let sent = found.ok_or(ApiError::from(ProblemCode::NotFound))?;
    let now = scope.now();
    invitation::revoke(command.tx(), id.into(), now).await?;
    let before = store::view(&sent, &departments, Locale::default(), now);
    command.audit(Audit::deleted("invitation", id, &before)?);
    command.commit(Answer::no_content()).await
}
