//! `PATCH /api/roles/{id}`

use super::store::{self, Uses};
use crate::audit::Audit;
use crate::auth::{PlatformCommand, Scope, permissions::TeamChange};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Json, Path};
use crate::platform::role::Model;
use ebenezer_shared::patch::Patch;
use ebenezer_shared::permission::PermissionSet;
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::team::{RoleKey, TeamRole, UpdateRole};

/// Changes a role of the firm's own, for all who have it. Permissions that the caller lacks
/// can be neither put in nor taken out, and nobody widens their own role.
#[utoipa::path(patch, path = "/api/roles/{id}", tag = "roles",
    params(("id" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = UpdateRole,
    responses(
        (status = 200, body = TeamRole),
        (status = 403, description = "`beyond_own_permissions` and those of every request", body = Problem),
        (status = 404, description = "`not_found`; built-in roles are not changed", body = Problem),
        (status = 409, description = "`duplicate` names the field, `own_membership`", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn update_role(
    scope: Scope<TeamChange>,
    Path(key): Path<RoleKey>,
    if_match: IfMatch,
    Json(body): Json<UpdateRole>,
) -> Result<Answer, ApiError> {
    let RoleKey::Own(id) = key else { return Err(ProblemCode::NotFound.into()) };
    let mut command = scope.platform_command().await?;
    let before = store::find(command.tx(), scope.tenant_id(), id).await?;
    if_match.check(before.version)?;
    let mut row = before.clone();
    if let Patch::Value(name) = body.name {
        row.name_key = store::name_key(&name)?;
        row.name = name;
    }
    if let Some(description) = body.description.change() {
        row.description = description;
    }
    if let Some(permissions) = body.permissions {
        let permissions: PermissionSet = permissions.into_iter().collect();
        check(&command, &before, permissions)?;
        row.permissions = serde_json::to_value(permissions)?;
    }
    let uses = Uses::read(command.tx(), scope.tenant_id()).await?;
    if row != before {
        row.version += 1;
        row.updated_at = scope.now();
        store::save(command.tx(), &row).await?;
        let (old, new) = (store::own(&before, &uses), store::own(&row, &uses));
        command.audit(Audit::updated("role", id, &old, &new)?);
    }
    let answer = Answer::ok(&store::own(&row, &uses))?.etag(row.version);
    command.commit(answer).await
}

fn check(
    command: &PlatformCommand<'_>,
    before: &Model,
    after: PermissionSet,
) -> Result<(), ApiError> {
    let known = before.permissions();
    let is_own = command.rights.role == RoleKey::Own(before.id.into());
    if is_own && !after.minus(known).is_empty() {
        return Err(ProblemCode::OwnMembership.into());
    }
    command.rights.include(known.difference(after))
}
