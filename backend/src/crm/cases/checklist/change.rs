//! `/api/cases/{id}/checklist`

use super::entity::{Column, Entity, Model};
use super::rows;
use crate::audit::Audit;
use crate::auth::{Command, Scope, TenantScope, permissions::CasesChange};
use crate::crm::cases::{entity as case, store};
use crate::db;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Json, Path, PathPair};
use ebenezer_shared::crm::case::checklist::MAX_ITEMS;
use ebenezer_shared::crm::case::{Case, CreateChecklistItem, UpdateChecklistItem};
use ebenezer_shared::ids::{CaseId, ChecklistItemId};
use ebenezer_shared::patch::Patch;
use ebenezer_shared::problem::{Problem, ProblemCode};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, IntoActiveModel as _, QueryFilter as _};
use uuid::Uuid;

/// Adds a thing at the end of the list; answers the case.
#[utoipa::path(post, path = "/api/cases/{id}/checklist", tag = "cases",
    params(("id" = CaseId, Path), ("If-Match" = Option<String>, Header)),
    request_body = CreateChecklistItem,
    responses(
        (status = 201, body = Case),
        (status = 404, body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn create_checklist_item(
    scope: Scope<CasesChange>,
    Path(id): Path<CaseId>,
    if_match: IfMatch,
    Json(body): Json<CreateChecklistItem>,
) -> Result<Answer, ApiError> {
    let change = Change::begin(&scope, id, &if_match).await?;
    let known = rows(&scope, change.command.tx(), change.row.id).await?;
    if known.len() >= MAX_ITEMS {
        return Err(ApiError::invalid("label", "too_many"));
    }
    let row = Model {
        id: Uuid::now_v7(),
        tenant_id: scope.tenant_id(),
        case_id: change.row.id,
        position: known.last().map_or(0, |last| last.position + 1),
        label: body.label,
        done_at: None,
        done_by: None,
        created_at: scope.now(),
    };
    db::insert(change.command.tx(), [row.into_active_model().reset_all()]).await?;
    change.end(true).await
}

/// Renames a thing, moves it, or says that it is done; answers the case.
#[utoipa::path(patch, path = "/api/cases/{id}/checklist/{item_id}", tag = "cases",
    params(("id" = CaseId, Path), ("item_id" = ChecklistItemId, Path),
        ("If-Match" = Option<String>, Header)),
    request_body = UpdateChecklistItem,
    responses(
        (status = 200, body = Case),
        (status = 404, body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn update_checklist_item(
    scope: Scope<CasesChange>,
    PathPair(id, item): PathPair<CaseId, ChecklistItemId>,
    if_match: IfMatch,
    Json(body): Json<UpdateChecklistItem>,
) -> Result<Answer, ApiError> {
    let change = Change::begin(&scope, id, &if_match).await?;
    let mut rows = rows(&scope, change.command.tx(), change.row.id).await?;
    let at = rows.iter().position(|row| row.id == item.0).ok_or(ProblemCode::NotFound)?;
    let mut row = rows.remove(at);
    if let Patch::Value(label) = body.label {
        row.label = label;
    }
    if let Some(is_done) = body.is_done.filter(|done| *done != row.done_at.is_some()) {
        row.done_at = is_done.then(|| scope.now());
        row.done_by = is_done.then(|| scope.user_id());
    }
    let place = body.order.and_then(|order| usize::try_from(order).ok()).unwrap_or(at);
    rows.insert(place.min(rows.len()), row);
    for (position, mut row) in (0..).zip(rows) {
        row.position = position;
        change.command.save::<Entity>(row.id, row.into_active_model()).await?;
    }
    change.end(false).await
}

/// Takes a thing off the list; answers the case.
#[utoipa::path(delete, path = "/api/cases/{id}/checklist/{item_id}", tag = "cases",
    params(("id" = CaseId, Path), ("item_id" = ChecklistItemId, Path),
        ("If-Match" = Option<String>, Header)),
    responses(
        (status = 200, body = Case),
        (status = 404, body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn delete_checklist_item(
    scope: Scope<CasesChange>,
    PathPair(id, item): PathPair<CaseId, ChecklistItemId>,
    if_match: IfMatch,
) -> Result<Answer, ApiError> {
    let change = Change::begin(&scope, id, &if_match).await?;
    let one = change.command.delete::<Entity>().filter(Column::CaseId.eq(change.row.id));
    let gone = one.filter(Column::Id.eq(item.0)).exec(change.command.tx()).await?;
    if gone.rows_affected == 0 {
        return Err(ProblemCode::NotFound.into());
    }
    change.end(false).await
}

/// A change of the list: one of the locked case.
struct Change<'s> {
    scope: &'s TenantScope,
    command: Command<'s>,
    row: case::Model,
    before: Case,
}

impl<'s> Change<'s> {
    async fn begin(
        scope: &'s TenantScope,
        id: CaseId,
        if_match: &IfMatch,
    ) -> Result<Self, ApiError> {
        let command = scope.command().await?;
        let row = store::find(scope, command.tx(), id.into(), true).await?;
        if_match.check(row.version)?;
        let before = store::load(scope, command.tx(), row.clone()).await?;
        Ok(Self { scope, command, row, before })
    }

    /// Makes it the case's next version, unless nothing is different.
    async fn end(self, is_new: bool) -> Result<Answer, ApiError> {
        let Self { scope, command, mut row, before } = self;
        let mut after = store::load(scope, command.tx(), row.clone()).await?;
        if after != before {
            row.version += 1;
            row.updated_at = scope.now();
            after.updated_at = row.updated_at;
            command.save::<case::Entity>(row.id, row.clone().into_active_model()).await?;
            command.audit(Audit::updated("case", row.id, &before, &after)?).await?;
        }
        let answer = if is_new {
            Answer::created(format!("/api/cases/{}", row.id), &after)?
        } else {
            Answer::ok(&after)?
        };
        command.commit(answer.etag(row.version)).await
    }
}
