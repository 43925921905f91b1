//! `PATCH /api/tasks/{id}`

use super::create::{check_references, insert};
use super::delete::remove;
use super::entity::{Entity, Model};
use super::{rules, store};
use crate::audit::{Audit, told};
use crate::auth::{Command, Scope, permissions::TasksChange};
use crate::crm::external_id;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Json, Path};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use ebenezer_shared::crm::task::{Task, TaskStatus, UpdateTask};
use ebenezer_shared::ids::TaskId;
use ebenezer_shared::problem::Problem;
use sea_orm::{IntoActiveModel as _, QuerySelect as _};

/// Changes a task. One that comes again and is done leaves the next one behind (`next_id`).
#[utoipa::path(patch, path = "/api/tasks/{id}", tag = "tasks",
    params(("id" = TaskId, Path), ("If-Match" = Option<String>, Header)),
    request_body = UpdateTask,
    responses(
        (status = 200, body = Task),
        (status = 404, body = Problem),
        (status = 409, description = "`duplicate` names the field", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn update_task(
    scope: Scope<TasksChange>,
    Path(id): Path<TaskId>,
    if_match: IfMatch,
    Json(body): Json<UpdateTask>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let known = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(known.version)?;
    let before = store::view(&scope, command.tx(), known.clone()).await?;
    let now = scope.now();
    let mut row = apply(known.clone(), body, now, scope.time_zone());
    if row == known {
        return command.commit(Answer::ok(&before)?.etag(known.version)).await;
    }
    rules::check(&row, scope.time_zone())?;
    check_references(&command, Some(&known), &row).await?;
    follow(&command, &known, &mut row).await?;
    row.version += 1;
    row.updated_at = now;
    command
        .save::<Entity>(row.id, row.clone().into_active_model())
        .await
        .map_err(external_id::refused)?;
    let version = row.version;
    let after = store::view(&scope, command.tx(), row).await?;
    let (was, is) = (told(&before), told(&after));
    command.audit(Audit::updated("task", id, &was, &is)?).await?;
    command.commit(Answer::ok(&after)?.etag(version)).await
}

fn apply(mut row: Model, body: UpdateTask, now: DateTime<Utc>, zone: Tz) -> Model {
    if let Some(Some(title)) = body.title.change() {
        rules::set_title(&mut row, title);
    }
    if let Some(recurrence) = body.recurrence.change() {
        rules::set_recurrence(&mut row, recurrence, zone);
    }
    if let Some(due) = body.due_at.change().filter(|due| *due != row.due_at) {
        rules::set_due(&mut row, due, zone);
    }
    if let Some(assignee) = body.assignee_id.change() {
        row.assignee_id = assignee.map(Into::into);
    }
    if let Some(priority) = body.priority {
        rules::set_priority(&mut row, priority);
    }
    if let Some(status) = body.status {
        rules::set_status(&mut row, status, now);
    }
    let (contact, company, case) =
        (body.contact_id.change(), body.corporation_id.change(), body.case_id.change());
    if [contact.flatten().is_some(), company.flatten().is_some(), case.flatten().is_some()]
        .contains(&true)
    {
        (row.contact_id, row.corporation_id, row.case_id) = (None, None, None);
    }
    if let Some(contact) = contact {
        row.contact_id = contact.map(Into::into);
    }
    if let Some(company) = company {
        row.corporation_id = company.map(Into::into);
    }
    if let Some(case) = case {
        row.case_id = case.map(Into::into);
    }
    if let Some(notes) = body.notes.change() {
        row.notes = notes;
    }
    if let Some(external_id) = body.external_id.change() {
        row.external_id = external_id;
    }
    rules::index(&mut row);
    row
}

/// Writes the next one when it comes again and is done now; takes it back when that is not true
/// any more and nobody touched it.
async fn follow(command: &Command<'_>, known: &Model, row: &mut Model) -> Result<(), ApiError> {
    let (was, is) = (rules::status(known), rules::status(row));
    if is == TaskStatus::Done && row.next_id.is_none() {
        if let Some(next) = rules::next(row, command.now(), command.time_zone()) {
            row.next_id = Some(insert(command, next).await?.id.into());
        }
    } else if was == TaskStatus::Done
        && is != TaskStatus::Done
        && let Some(id) = row.next_id
    {
        let next = command.by_id::<Entity>(id).lock_exclusive().one(command.tx()).await?;
        if let Some(next) = next.filter(|next| next.version == 1) {
            row.next_id = None;
            remove(command, next).await?;
        }
    }
    Ok(())
}
