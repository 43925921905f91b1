//! `GET /api/threads/{id}/messages` and `/{message_id}`

use super::{message, store, views};
use crate::auth::{Scope, permissions::MessagesView};
use crate::db::{CursorKind, Listing, Order, Searched, SortKey, stamp};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Path, PathPair, Query};
use ebenezer_shared::crm::thread::Message;
use ebenezer_shared::ids::{MessageId, ThreadId};
use ebenezer_shared::pagination::Page;
use ebenezer_shared::problem::{Problem, ProblemCode};
use sea_orm::{ColumnTrait as _, Condition, QueryFilter as _};
use serde::Deserialize;
use utoipa::IntoParams;

/// The one thing to order by.
#[derive(Clone, Copy, PartialEq, Eq)]
struct SentAt;

impl SortKey for SentAt {
    const NAMES: &'static [(&'static str, Self)] = &[("sent_at", Self)];

    fn column(self) -> (&'static str, &'static str) {
        ("messages", "sent_at")
    }

    fn cursor_kind(self) -> Option<CursorKind> {
        Some(CursorKind::Time)
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct MessageQuery {
    page: Option<u64>,
    page_size: Option<u64>,
    /// `sent_at` for the first one first; without it the last one comes first.
    ordering: Option<String>,
    cursor: Option<String>,
}

/// One page of what was written, the last first.
#[utoipa::path(get, path = "/api/threads/{id}/messages", tag = "messages",
    params(("id" = ThreadId, Path), MessageQuery),
    responses((status = 200, body = Page<Message>), (status = 404, body = Problem)))]
pub async fn list_messages(
    scope: Scope<MessagesView>,
    Path(id): Path<ThreadId>,
    Query(query): Query<MessageQuery>,
) -> Result<Answer, ApiError> {
    let last_first = Order { key: SentAt, descending: true };
    let MessageQuery { page, page_size, ordering, cursor } = query;
    let listing = Listing::parse(page, page_size, ordering.as_deref(), cursor, last_first)?;
    let thread = store::find(&scope, scope.db(), id.into(), false).await?;
    let condition = Condition::all().add(message::Column::ThreadId.eq(thread.id));
    let all = Searched { rows: scope.select::<message::Entity>(), found: None };
    let position = |row: &message::Model, SentAt| (stamp(row.sent_at), row.id);
    let mut page = listing.read(scope.db(), all, condition, "messages", position).await?;
    let rows = std::mem::take(&mut page.items);
    let items = views::messages(&scope, scope.db(), rows).await?;
    Answer::ok(&page.with(items))
}

/// One message.
#[utoipa::path(get, path = "/api/threads/{id}/messages/{message_id}", tag = "messages",
    params(("id" = ThreadId, Path), ("message_id" = MessageId, Path)),
    responses((status = 200, body = Message), (status = 404, body = Problem)))]
pub async fn get_message(
    scope: Scope<MessagesView>,
    PathPair(id, message_id): PathPair<ThreadId, MessageId>,
) -> Result<Answer, ApiError> {
    let thread = store::find(&scope, scope.db(), id.into(), false).await?;
    let row = scope.by_id::<message::Entity>(message_id);
    let row = row.filter(message::Column::ThreadId.eq(thread.id)).one(scope.db()).await?;
    let row = row.ok_or_else(|| ApiError::from(ProblemCode::NotFound))?;
    let mut messages = views::messages(&scope, scope.db(), vec![row]).await?;
    let message = messages.pop().ok_or_else(|| anyhow::anyhow!("a message without a view"))?;
    Answer::ok(&message)
}
