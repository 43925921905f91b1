//! `PATCH /api/cases/{id}`

use super::create::check_references;
use super::entity::{Entity, Model};
use super::{due, rules, store};
use crate::audit::Audit;
use crate::auth::{Scope, permissions::CasesChange};
use crate::crm::client::Client;
use crate::crm::external_id;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Json, Path};
use chrono::{DateTime, Utc};
use ebenezer_shared::crm::case::{Case, UpdateCase};
use ebenezer_shared::ids::CaseId;
use ebenezer_shared::problem::Problem;
use sea_orm::IntoActiveModel as _;

/// Changes a case.
#[utoipa::path(patch, path = "/api/cases/{id}", tag = "cases",
    params(("id" = CaseId, Path), ("If-Match" = Option<String>, Header)),
    request_body = UpdateCase,
    responses(
        (status = 200, body = Case),
        (status = 404, body = Problem),
        (status = 409, description = "`transition_not_allowed`; `duplicate` names the field", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn update_case(
    scope: Scope<CasesChange>,
    Path(id): Path<CaseId>,
    if_match: IfMatch,
    Json(body): Json<UpdateCase>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let known = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(known.version)?;
    let before = store::load(&scope, command.tx(), known.clone()).await?;
    let mut row = apply(known.clone(), body, scope.now())?;
    // A year that was right once stays right.
    if row != known {
        rules::check(&row, scope.today())?;
    }
    check_references(&command, Some(&known), &row).await?;
    due::follow(&command, &mut row).await?;
    if row == known {
        return command.commit(Answer::ok(&before)?.etag(known.version)).await;
    }
    row.version += 1;
    row.updated_at = scope.now();
    command
        .save::<Entity>(row.id, row.clone().into_active_model())
        .await
        .map_err(external_id::refused)?;
    let version = row.version;
    let after = store::load(&scope, command.tx(), row).await?;
    command.audit(Audit::updated("case", id, &before, &after)?).await?;
    let answer = Answer::ok(&after)?.etag(version);
    command.commit(answer).await
}

fn apply(mut row: Model, body: UpdateCase, now: DateTime<Utc>) -> Result<Model, ApiError> {
    if let Some(client) = Client::named(body.contact_id, body.corporation_id)? {
        (row.contact_id, row.corporation_id) = client.columns();
    }
    if let Some(joint) = body.joint_contact_id.change() {
        row.joint_contact_id = joint.map(Into::into);
    }
    if let Some(kind) = body.kind {
        kind.as_str().clone_into(&mut row.kind);
    }
    row.tax_year = body.tax_year.unwrap_or(row.tax_year);
    if let Some(period) = body.period {
        period.as_str().clone_into(&mut row.period);
    }
    if let Some(status) = body.status {
        rules::advance(&mut row, status, now)?;
    }
    row.is_extended = body.is_extended.unwrap_or(row.is_extended);
    if let Some(due) = body.due_on.change() {
        row.due_on = due;
        row.due_is_set = due.is_some();
    }
    if let Some(assignee) = body.assignee_id.change() {
        row.assignee_id = assignee.map(Into::into);
    }
    if let Some(department) = body.department_id.change() {
        row.department_id = department.map(Into::into);
    }
    if let Some(priority) = body.priority {
        rules::set_priority(&mut row, priority);
    }
    if let Some(fee) = body.fee.change() {
        row.fee_amount = fee.as_ref().map(|fee| fee.amount);
        row.fee_currency = fee.map(|fee| fee.currency);
    }
    if let Some(notes) = body.notes.change() {
        row.notes = notes;
    }
    if let Some(external_id) = body.external_id.change() {
        row.external_id = external_id;
    }
    Ok(row)
}
