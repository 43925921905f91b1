//! `POST /api/threads/{id}/messages`

use super::entity::{Entity, Model};
use super::{attachment, create, member, message, store, views};
use crate::audit::Audit;
use crate::auth::{Command, Scope, permissions::MessagesAdd};
use crate::db;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Json, Path};
use chrono::TimeDelta;
use ebenezer_shared::crm::thread::{CreateMessage, Message};
use ebenezer_shared::ids::ThreadId;
use ebenezer_shared::problem::Problem;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, IntoActiveModel as _, QueryFilter as _};
use serde_json::json;
use uuid::Uuid;

/// Writes a message. Whoever writes takes part from then on, and has read all before.
#[utoipa::path(post, path = "/api/threads/{id}/messages", tag = "messages",
    params(("id" = ThreadId, Path)), request_body = CreateMessage,
    responses((status = 201, body = Message), (status = 404, body = Problem)))]
pub async fn create_message(
    scope: Scope<MessagesAdd>,
    Path(id): Path<ThreadId>,
    Json(body): Json<CreateMessage>,
) -> Result<Answer, ApiError> {
    if !body.says_something() {
        return Err(ApiError::invalid("body", "required"));
    }
    let command = scope.command().await?;
    let mut thread = store::find(&scope, command.tx(), id.into(), true).await?;
    let row = append(&command, &mut thread, body).await?;
    let number = json!({ "number": { "before": null, "after": row.number } });
    command.audit(Audit::event("message", "thread", thread.id, number)).await?;
    let mut messages = views::messages(&scope, command.tx(), vec![row]).await?;
    let message = messages.pop().ok_or_else(|| anyhow::anyhow!("a message without a view"))?;
    let location = format!("/api/threads/{id}/messages/{}", message.id);
    command.commit(Answer::created(location, &message)?).await
}

/// Adds a message to a locked thread.
pub(super) async fn append(
    command: &Command<'_>,
    thread: &mut Model,
    body: CreateMessage,
) -> Result<message::Model, ApiError> {
    // Clocks of several processes differ: no message is older than the one before it.
    let after_last = thread.last_message_at + TimeDelta::microseconds(1);
    let is_first = thread.message_count == 0;
    let at = if is_first { command.now() } else { command.now().max(after_last) };
    thread.message_count += 1;
    thread.last_message_at = at;
    thread.updated_at = at;
    // Whoever changes what the thread is, knows of it: a message alone changes nothing of that.
    if take_part(command, thread).await? || thread.is_closed {
        thread.version += 1;
    }
    thread.is_closed = false;
    command.save::<Entity>(thread.id, thread.clone().into_active_model()).await?;
    let mut row = message::Model {
        id: Uuid::now_v7(),
        tenant_id: thread.tenant_id,
        thread_id: thread.id,
        number: thread.message_count,
        author_id: Some(command.user_id()),
        body: String::new(),
        sort_name: String::new(),
        search_text: String::new(),
        sent_at: at,
    };
    row.set_body(body.body);
    let new = row.clone().into_active_model().reset_all();
    db::insert::<message::Entity, _, _>(command.tx(), [new]).await?;
    for (position, id) in body.attachment_ids.into_iter().enumerate() {
        take_along(command, &row, position, id.into()).await?;
    }
    Ok(row)
}

/// 422 for a file that the author did not upload, or that another message has.
async fn take_along(
    command: &Command<'_>,
    message: &message::Model,
    position: usize,
    id: Uuid,
) -> Result<(), ApiError> {
    let taken = command
        .update::<attachment::Entity>()
        .filter(attachment::Column::Id.eq(id))
        .filter(attachment::Column::CreatedBy.eq(command.user_id()))
        .filter(attachment::Column::MessageId.is_null())
        .col_expr(attachment::Column::MessageId, Expr::value(message.id))
        .col_expr(
            attachment::Column::Position,
            Expr::value(i32::try_from(position).unwrap_or_default()),
        )
        .exec(command.tx())
        .await?;
    if taken.rows_affected == 0 {
        return Err(ApiError::invalid("attachment_ids", "unknown_reference"));
    }
    Ok(())
}

/// Who writes takes part, and has read all; whether they come anew.
async fn take_part(command: &Command<'_>, thread: &Model) -> Result<bool, ApiError> {
    let me = command.user_id();
    let known = command
        .update::<member::Entity>()
        .filter(member::Column::ThreadId.eq(thread.id))
        .filter(member::Column::UserId.eq(me))
        .col_expr(member::Column::ReadNumber, Expr::value(thread.message_count))
        .exec(command.tx())
        .await?;
    let is_new = known.rows_affected == 0;
    if is_new {
        create::add_members(command, thread, [me], thread.message_count).await?;
    }
    Ok(is_new)
}
