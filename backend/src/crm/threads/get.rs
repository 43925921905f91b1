//! `GET /api/threads/{id}`

use super::store;
use crate::auth::{Scope, permissions::MessagesView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use ebenezer_shared::crm::thread::Thread;
use ebenezer_shared::ids::ThreadId;
use ebenezer_shared::problem::Problem;

/// One thread.
#[utoipa::path(get, path = "/api/threads/{id}", tag = "messages", params(("id" = ThreadId, Path)),
    responses((status = 200, body = Thread), (status = 404, body = Problem)))]
pub async fn get_thread(
    scope: Scope<MessagesView>,
    Path(id): Path<ThreadId>,
) -> Result<Answer, ApiError> {
    let row = store::find(&scope, scope.db(), id.into(), false).await?;
    let version = row.version;
    let thread = store::view(&scope, scope.db(), row).await?;
    Ok(Answer::ok(&thread)?.etag(version))
}
