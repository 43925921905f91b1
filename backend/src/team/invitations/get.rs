//! `GET /api/team/invitations/{id}`

use super::store;
use crate::auth::{Scope, permissions::TeamView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use crate::platform::invitation;
use crate::team::references::Departments;
use ebenezer_shared::ids::InvitationId;
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::team::Invitation;

/// One invitation that nobody has taken yet.
#[utoipa::path(get, path = "/api/team/invitations/{id}", tag = "team",
    params(("id" = InvitationId, Path)),
    responses((status = 200, body = Invitation), (status = 404, body = Problem)))]
pub async fn get_invitation(
    scope: Scope<TeamView>,
    Path(id): Path<InvitationId>,
) -> Result<Answer, ApiError> {
    let departments = Departments::read(&scope).await?;
    let db = scope.state.planes.platform();
    let found = invitation::find_open(db, scope.tenant_id(), id.into()).await?;
    let sent = found.ok_or(ApiError::from(ProblemCode::NotFound))?;
    Answer::ok(&store::views(&scope, &[sent], &departments).await?.pop())
}
