//! `GET /api/tags/{id}`

use super::store;
use crate::auth::{Scope, permissions::ContactsView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use ebenezer_shared::crm::tag::Tag;
use ebenezer_shared::ids::TagId;
use ebenezer_shared::problem::Problem;

/// One tag.
#[utoipa::path(get, path = "/api/tags/{id}", tag = "tags", params(("id" = TagId, Path)),
    responses((status = 200, body = Tag), (status = 404, body = Problem)))]
pub async fn get_tag(
    scope: Scope<ContactsView>,
    Path(id): Path<TagId>,
) -> Result<Answer, ApiError> {
    let row = store::find(&scope, scope.db(), id.into(), false).await?;
    let version = row.version;
    Ok(Answer::ok(&store::load(&scope, scope.db(), row).await?)?.etag(version))
}
