//! `DELETE /api/team/{id}`

use super::activity::shut_out;
use super::store;
use crate::audit::Audit;
use crate::auth::{Scope, permissions::TeamDelete};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Path};
use crate::team::references::Departments;
use ebenezer_shared::ids::UserId;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::problem::Problem;

/// Takes somebody off the team for good. Records go on to name them; an invitation brings
/// them back.
#[utoipa::path(delete, path = "/api/team/{id}", tag = "team",
    params(("id" = UserId, Path), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 204),
        (status = 403, description = "`beyond_own_permissions`, `owner_required` and those of every request", body = Problem),
        (status = 404, body = Problem),
        (status = 409, description = "`last_owner`, `own_membership`", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn remove_member(
    scope: Scope<TeamDelete>,
    Path(id): Path<UserId>,
    if_match: IfMatch,
) -> Result<Answer, ApiError> {
    let departments = Departments::read(&scope).await?;
    let mut command = scope.platform_command().await?;
    let mut person = store::find(command.tx(), scope.tenant_id(), id.into()).await?;
    if_match.check(person.version())?;
    store::keep_an_owner(&command, &person).await?;
    store::not_oneself(&command, &person)?;
    command.rights.cover(&person.rights())?;
    shut_out(&command, id.into()).await?;
    command.audit(Audit::deleted("member", id, &person.view(&departments, Locale::default()))?);
    person.seat.membership.is_active = false;
    person.seat.membership.removed_at = Some(scope.now());
    store::save(&mut command, &mut person).await?;
    command.commit(Answer::no_content()).await
}
