//! `GET /api/roles/{id}`

use super::store::{self, Uses};
use crate::auth::{Scope, permissions::TeamView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use ebenezer_shared::problem::Problem;
use ebenezer_shared::team::{RoleKey, TeamRole};

/// The version of roles that never change.
const BUILT_IN: i32 = 1;

/// One role, named by its key or id.
#[utoipa::path(get, path = "/api/roles/{id}", tag = "roles", params(("id" = String, Path)),
    responses((status = 200, body = TeamRole), (status = 404, body = Problem)))]
pub async fn get_role(
    scope: Scope<TeamView>,
    Path(key): Path<RoleKey>,
) -> Result<Answer, ApiError> {
    let db = scope.state.planes.platform();
    let uses = Uses::read(db, scope.tenant_id()).await?;
    let (role, version) = match key {
        RoleKey::BuiltIn(role) => (store::built_in(role, &uses, scope.info.locale), BUILT_IN),
        RoleKey::Own(id) => {
            let row = store::find(db, scope.tenant_id(), id).await?;
            (store::own(&row, &uses), row.version)
        }
    };
    Ok(Answer::ok(&role)?.etag(version))
}
