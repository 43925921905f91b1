//! `PATCH /api/threads/{id}`

use super::entity::{Entity, Model};
use super::{create, member, store};
use crate::audit::Audit;
use crate::auth::{Command, Scope, permissions::MessagesChange};
use crate::db::normalize;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Json, Path};
use ebenezer_shared::crm::thread::{Thread, ThreadKind, UpdateThread};
use ebenezer_shared::ids::{ThreadId, UserId};
use ebenezer_shared::problem::Problem;
use sea_orm::{ColumnTrait as _, IntoActiveModel as _, QueryFilter as _};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Changes the subject and who takes part, or closes it. Who leaves a thread between colleagues
/// gets it as the last answer.
#[utoipa::path(patch, path = "/api/threads/{id}", tag = "messages",
    params(("id" = ThreadId, Path), ("If-Match" = Option<String>, Header)),
    request_body = UpdateThread,
    responses(
        (status = 200, body = Thread),
        (status = 404, body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn update_thread(
    scope: Scope<MessagesChange>,
    Path(id): Path<ThreadId>,
    if_match: IfMatch,
    Json(body): Json<UpdateThread>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let known = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(known.version)?;
    let before = store::view(&scope, command.tx(), known.clone()).await?;
    let mut row = known.clone();
    if let Some(Some(subject)) = body.subject.change() {
        row.search_text = normalize(&subject);
        row.subject = subject;
    }
    row.is_closed = body.is_closed.unwrap_or(row.is_closed);
    let are_others = match body.member_ids {
        Some(people) => set_members(&command, &row, people).await?,
        None => false,
    };
    if row == known && !are_others {
        return command.commit(Answer::ok(&before)?.etag(known.version)).await;
    }
    let has_other_subject = row.subject != known.subject;
    row.version += 1;
    row.updated_at = scope.now();
    command.save::<Entity>(row.id, row.clone().into_active_model()).await?;
    let version = row.version;
    let after = store::view(&scope, command.tx(), row).await?;
    let mut entry = Audit::updated("thread", id, &store::told(&before), &store::told(&after))?;
    if has_other_subject && after.kind == ThreadKind::Internal {
        entry = entry.with_hidden_change("subject");
    }
    command.audit(entry).await?;
    command.commit(Answer::ok(&after)?.etag(version)).await
}

/// Lets these take part and no others; whether that changes anything. Who comes later finds the
/// last message unread.
async fn set_members(
    command: &Command<'_>,
    thread: &Model,
    people: Vec<UserId>,
) -> Result<bool, ApiError> {
    let wanted: BTreeSet<Uuid> = people.into_iter().map(Into::into).collect();
    if wanted.is_empty() {
        return Err(ApiError::invalid("member_ids", "required"));
    }
    let known = store::members(command, command.tx(), thread.id).await?;
    let known: BTreeSet<Uuid> = known.into_iter().map(|row| row.user_id).collect();
    let gone: Vec<Uuid> = known.difference(&wanted).copied().collect();
    if !gone.is_empty() {
        command
            .delete::<member::Entity>()
            .filter(member::Column::ThreadId.eq(thread.id))
            .filter(member::Column::UserId.is_in(gone))
            .exec(command.tx())
            .await?;
    }
    let new = wanted.difference(&known).copied();
    create::add_members(command, thread, new, thread.message_count - 1).await?;
    Ok(wanted != known)
}
