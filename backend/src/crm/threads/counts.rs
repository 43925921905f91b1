//! `GET /api/threads/unread`

use super::{message, views};
use crate::auth::{Scope, TenantScope, permissions::MessagesView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use chrono::TimeDelta;
use ebenezer_shared::crm::thread::{COUNTED_DAYS, MessageCounts};
use sea_orm::{ColumnTrait as _, Condition, PaginatorTrait as _, QueryFilter as _};

/// How much others wrote in the threads that the caller takes part in, and what of it the
/// caller has not read.
#[utoipa::path(get, path = "/api/threads/unread", tag = "messages",
    responses((status = 200, body = MessageCounts)))]
pub async fn count_messages(scope: Scope<MessagesView>) -> Result<Answer, ApiError> {
    Answer::ok(&of_caller(&scope).await?)
}

/// The same, for whoever asks.
pub async fn of_caller(scope: &TenantScope) -> Result<MessageCounts, ApiError> {
    let others = Condition::any()
        .add(message::Column::AuthorId.is_null())
        .add(message::Column::AuthorId.ne(scope.user_id()));
    let since = scope.now() - TimeDelta::days(COUNTED_DAYS);
    let lately = views::received(scope).filter(others).filter(message::Column::SentAt.gte(since));
    let count = lately.count(scope.db()).await?;
    let unread = views::unread_of(scope).count(scope.db()).await?;
    Ok(MessageCounts { count, unread })
}
