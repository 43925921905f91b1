//! `DELETE /api/threads/{id}`

use super::entity::{Column, Entity};
use super::{attachment, member, message, store};
use crate::audit::Audit;
use crate::auth::{Command, Scope, permissions::MessagesDelete};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Path};
use crate::jobs::Job;
use crate::storage::ledger;
use ebenezer_shared::ids::ThreadId;
use ebenezer_shared::problem::Problem;
use ebenezer_shared::record::RecordType;
use sea_orm::{ColumnTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _};
use uuid::Uuid;

/// Deletes a thread with its messages and their files, for all who take part.
#[utoipa::path(delete, path = "/api/threads/{id}", tag = "messages",
    params(("id" = ThreadId, Path), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 204),
        (status = 404, body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn delete_thread(
    scope: Scope<MessagesDelete>,
    Path(id): Path<ThreadId>,
    if_match: IfMatch,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let row = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(row.version)?;
    let before = store::view(&scope, command.tx(), row).await?;
    let id = Uuid::from(id);
    forget_files(&command, id).await?;
    let of = message::Column::ThreadId.eq(id);
    command.delete::<message::Entity>().filter(of).exec(command.tx()).await?;
    let of = member::Column::ThreadId.eq(id);
    command.delete::<member::Entity>().filter(of).exec(command.tx()).await?;
    command.delete::<Entity>().filter(Column::Id.eq(id)).exec(command.tx()).await?;
    command.bury(RecordType::Thread, id, None).await?;
    command.audit(Audit::deleted("thread", id, &store::told(&before))?).await?;
    command.commit(Answer::no_content()).await
}

async fn forget_files(command: &Command<'_>, thread: Uuid) -> Result<(), ApiError> {
    let messages = command.select::<message::Entity>();
    let messages = messages.filter(message::Column::ThreadId.eq(thread)).select_only();
    let messages = messages.column(message::Column::Id).into_query();
    let theirs = attachment::Column::MessageId.in_subquery(messages);
    let files = command.select::<attachment::Entity>().filter(theirs.clone());
    let files: Vec<Uuid> = files
        .select_only()
        .column(attachment::Column::FileId)
        .into_tuple()
        .all(command.tx())
        .await?;
    command.delete::<attachment::Entity>().filter(theirs).exec(command.tx()).await?;
    ledger::discard(command.tx(), command.tenant_id(), &files).await?;
    if !files.is_empty() {
        command.enqueue(&Job::SweepFiles).await?;
    }
    Ok(())
}
