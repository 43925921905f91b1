//! `POST /api/threads/{id}/read`

use super::{member, store};
use crate::auth::{Scope, permissions::MessagesView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Json, Path};
use ebenezer_shared::crm::thread::ReadThread;
use ebenezer_shared::ids::ThreadId;
use ebenezer_shared::problem::Problem;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, QueryFilter as _};

/// Says how far the caller has read. It does nothing for who does not take part.
#[utoipa::path(post, path = "/api/threads/{id}/read", tag = "messages",
    params(("id" = ThreadId, Path)), request_body = ReadThread,
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn read_thread(
    scope: Scope<MessagesView>,
    Path(id): Path<ThreadId>,
    Json(body): Json<ReadThread>,
) -> Result<Answer, ApiError> {
    scope.must_write()?;
    let command = scope.command().await?;
    let thread = store::find(&scope, command.tx(), id.into(), false).await?;
    let number = i32::try_from(body.up_to).unwrap_or(i32::MAX).min(thread.message_count);
    command
        .update::<member::Entity>()
        .filter(member::Column::ThreadId.eq(thread.id))
        .filter(member::Column::UserId.eq(scope.user_id()))
        .filter(member::Column::ReadNumber.lt(number))
        .col_expr(member::Column::ReadNumber, Expr::value(number))
        .exec(command.tx())
        .await?;
    command.commit(Answer::no_content()).await
}
