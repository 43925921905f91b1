//! `PATCH /api/team/{id}`

use super::store::{self, Person};
use crate::audit::Audit;
use crate::auth::{PlatformCommand, Scope, permissions::TeamChange};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Json, Path};
use crate::platform::membership;
use crate::team::references::{Departments, own_role};
use ebenezer_shared::ids::UserId;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::permission::{Named, Permission, PermissionSet};
use ebenezer_shared::problem::Problem;
use ebenezer_shared::team::{TeamMember, UpdateMember};

/// Who has it sees all departments, in whichever they are.
const EVERY_DEPARTMENT: Permission = Permission::Named(Named::DocumentsViewAllDepartments);

/// Gives a member another role, department or set of extra permissions. Nobody gives or
/// takes more than they have, and nobody changes what they themself may do.
#[utoipa::path(patch, path = "/api/team/{id}", tag = "team",
    params(("id" = UserId, Path), ("If-Match" = Option<String>, Header)),
    request_body = UpdateMember,
    responses(
        (status = 200, body = TeamMember),
        (status = 403, description = "`beyond_own_permissions`, `owner_required` and those of every request", body = Problem),
        (status = 404, body = Problem),
        (status = 409, description = "`last_owner`, `own_membership`", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn update_member(
    scope: Scope<TeamChange>,
    Path(id): Path<UserId>,
    if_match: IfMatch,
    Json(body): Json<UpdateMember>,
) -> Result<Answer, ApiError> {
    let departments = Departments::read(&scope).await?;
    let mut command = scope.platform_command().await?;
    let before = store::find(command.tx(), scope.tenant_id(), id.into()).await?;
    if_match.check(before.version())?;
    let mut after = before.clone();
    if let Some(department) = body.department_id.change() {
        department.map_or(Ok(()), |id| departments.check(id.into()))?;
        after.seat.membership.department_id = department.map(Into::into);
    }
    if let Some(key) = body.role {
        let membership = &mut after.seat.membership;
        (membership.role, membership.role_id) = membership::role_columns(key);
        after.seat.own_role = own_role(command.tx(), scope.tenant_id(), key).await?;
    }
    if let Some(extra) = body.extra_permissions {
        let extra: PermissionSet = extra.into_iter().collect();
        after.seat.membership.extra_permissions = serde_json::to_value(extra)?;
    }
    if after != before {
        check(&command, &before, &after).await?;
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

/// Whether the caller may make `after` of `before`.
async fn check(
    command: &PlatformCommand<'_>,
    before: &Person,
    after: &Person,
) -> Result<(), ApiError> {
    let moves = before.seat.membership.department_id != after.seat.membership.department_id;
    // The department decides which folders one sees.
    if moves && !command.rights.permissions.contains(EVERY_DEPARTMENT) {
        store::not_oneself(command, before)?;
    }
    if (before.seat.role(), before.seat.extra_permissions())
        == (after.seat.role(), after.seat.extra_permissions())
    {
        return Ok(());
    }
    if before.seat.role() != after.seat.role() {
        store::keep_an_owner(command, before).await?;
    }
    store::not_oneself(command, before)?;
    command.rights.cover(&before.rights())?;
    command.rights.cover(&after.rights())
}
