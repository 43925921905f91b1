//! `GET /api/team/{id}`

use super::store;
use crate::auth::{Scope, permissions::TeamView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use crate::team::references::Departments;
use ebenezer_shared::ids::UserId;
use ebenezer_shared::problem::Problem;
use ebenezer_shared::team::TeamMember;

/// One member.
#[utoipa::path(get, path = "/api/team/{id}", tag = "team", params(("id" = UserId, Path)),
    responses((status = 200, body = TeamMember), (status = 404, body = Problem)))]
pub async fn get_member(
    scope: Scope<TeamView>,
    Path(id): Path<UserId>,
) -> Result<Answer, ApiError> {
    let db = scope.state.planes.platform();
    let person = store::find(db, scope.tenant_id(), id.into()).await?;
    let departments = Departments::read(&scope).await?;
    Ok(Answer::ok(&person.view(&departments, scope.info.locale))?.etag(person.version()))
}
