//! `POST /api/tasks`

use super::entity::{Entity, Model};
use super::{rules, store};
use crate::audit::{Audit, told};
use crate::auth::{Command, Scope, TenantScope, permissions::TasksAdd};
use crate::crm::{external_id, staff};
use crate::db;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use ebenezer_shared::crm::task::{CreateTask, Task};
use ebenezer_shared::problem::Problem;
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use uuid::Uuid;

/// Writes a task down.
#[utoipa::path(post, path = "/api/tasks", tag = "tasks", request_body = CreateTask,
    responses(
        (status = 201, body = Task),
        (status = 409, description = "`duplicate` names the field", body = Problem),
    ))]
pub async fn create_task(
    scope: Scope<TasksAdd>,
    Json(body): Json<CreateTask>,
) -> Result<Answer, ApiError> {
    let row = new_row(&scope, body);
    rules::check(&row, scope.time_zone())?;
    let command = scope.command().await?;
    check_references(&command, None, &row).await?;
    let task = insert(&command, row).await?;
    let answer = Answer::created(format!("/api/tasks/{}", task.id), &task)?.etag(1);
    command.commit(answer).await
}

/// Writes a new row, and says so beside it.
pub(super) async fn insert(command: &Command<'_>, row: Model) -> Result<Task, ApiError> {
    let new = row.clone().into_active_model().reset_all();
    db::insert::<Entity, _, _>(command.tx(), [new]).await.map_err(external_id::refused)?;
    let task = store::view(command, command.tx(), row).await?;
    command.audit(Audit::created("task", task.id, &told(&task))?).await?;
    Ok(task)
}

fn new_row(scope: &TenantScope, body: CreateTask) -> Model {
    let (now, zone) = (scope.now(), scope.time_zone());
    let mut row = Model {
        id: Uuid::now_v7(),
        tenant_id: scope.tenant_id(),
        title: String::new(),
        sort_name: String::new(),
        search_text: String::new(),
        notes: body.notes,
        due_at: None,
        due_sort: now,
        assignee_id: body.assignee_id.map(Into::into),
        priority: String::new(),
        priority_rank: 0,
        status: String::new(),
        status_rank: 0,
        done_at: None,
        contact_id: body.contact_id.map(Into::into),
        corporation_id: body.corporation_id.map(Into::into),
        case_id: body.case_id.map(Into::into),
        recurs_unit: None,
        recurs_every: None,
        recurs_until: None,
        recurs_from: None,
        next_id: None,
        external_id: body.external_id,
        version: 1,
        created_by: Some(scope.user_id()),
        created_at: now,
        updated_at: now,
    };
    rules::set_title(&mut row, body.title);
    rules::set_due(&mut row, body.due_at, zone);
    rules::set_recurrence(&mut row, body.recurrence, zone);
    rules::set_priority(&mut row, body.priority);
    rules::set_status(&mut row, body.status, now);
    rules::index(&mut row);
    row
}

/// 422 when the task names somebody or something that the firm does not have. What a known
/// task names already is not asked for again.
pub(super) async fn check_references(
    command: &Command<'_>,
    known: Option<&Model>,
    row: &Model,
) -> Result<(), ApiError> {
    row.about().must_be_one_thing()?;
    row.about().check(command, known.map(Model::about).unwrap_or_default()).await?;
    match row.assignee_id {
        Some(id) if known.is_none_or(|known| known.assignee_id != Some(id)) => {
            staff::check_named(command, command.tx(), "assignee_id", id).await
        }
        _ => Ok(()),
    }
}
