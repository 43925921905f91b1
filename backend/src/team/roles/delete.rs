//! `DELETE /api/roles/{id}`

use super::store::{self, Uses};
use crate::audit::Audit;
use crate::auth::{Scope, permissions::TeamDelete};
use crate::error::{ApiError, Refusal};
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Path};
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::team::RoleKey;

/// Deletes a role of the firm's own that nobody has and no open invitation promises.
#[utoipa::path(delete, path = "/api/roles/{id}", tag = "roles",
    params(("id" = String, Path), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 204),
        (status = 404, description = "`not_found`; built-in roles are not deleted", body = Problem),
        (status = 409, description = "`in_use`; `used` tells how many members and invitations", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn delete_role(
    scope: Scope<TeamDelete>,
    Path(key): Path<RoleKey>,
    if_match: IfMatch,
) -> Result<Answer, ApiError> {
    let RoleKey::Own(id) = key else { return Err(ProblemCode::NotFound.into()) };
    let mut command = scope.platform_command().await?;
    let row = store::find(command.tx(), scope.tenant_id(), id).await?;
    if_match.check(row.version)?;
    let role = store::own(&row, &Uses::read(command.tx(), scope.tenant_id()).await?);
    let used = role.member_count + role.invitation_count;
    if used > 0 {
        let in_use = Refusal { used: Some(used), ..Refusal::new(ProblemCode::InUse) };
        return Err(in_use.into());
    }
    store::delete(command.tx(), row.id).await?;
    command.audit(Audit::deleted("role", id, &role)?);
    command.commit(Answer::no_content()).await
}
