//! `POST /api/roles`

use super::store::{self, Uses};
use crate::audit::Audit;
use crate::auth::{Scope, permissions::TeamAdd};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use crate::platform::role::Model;
use ebenezer_shared::permission::PermissionSet;
use ebenezer_shared::problem::Problem;
use ebenezer_shared::team::{CreateRole, TeamRole};
use uuid::Uuid;

/// Makes a role of the firm's own. It allows nothing that the caller may not do.
#[utoipa::path(post, path = "/api/roles", tag = "roles", request_body = CreateRole,
    responses(
        (status = 201, body = TeamRole),
        (status = 403, description = "`beyond_own_permissions` and those of every request", body = Problem),
        (status = 409, description = "`duplicate` names the field", body = Problem),
    ))]
pub async fn create_role(
    scope: Scope<TeamAdd>,
    Json(body): Json<CreateRole>,
) -> Result<Answer, ApiError> {
    let name_key = store::name_key(&body.name)?;
    let permissions: PermissionSet = body.permissions.into_iter().collect();
    let mut command = scope.platform_command().await?;
    command.rights.include(permissions)?;
    let now = scope.now();
    let row = Model {
        id: Uuid::now_v7(),
        tenant_id: scope.tenant_id(),
        name: body.name,
        name_key,
        description: body.description,
        permissions: serde_json::to_value(permissions)?,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    store::insert(command.tx(), &row).await?;
    let role = store::own(&row, &Uses::default());
    command.audit(Audit::created("role", row.id, &role)?);
    let answer = Answer::created(format!("/api/roles/{}", row.id), &role)?.etag(1);
    command.commit(answer).await
}
