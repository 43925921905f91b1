//! `POST /api/cases`

use super::entity::Model;
use super::{checklist, due, rules, store};
use crate::audit::Audit;
use crate::auth::{Command, Scope, TenantScope, permissions::CasesAdd};
use crate::crm::client::Client;
use crate::crm::{contacts, corporations, departments, external_id, staff};
use crate::db;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use ebenezer_shared::crm::case::{Case, CaseStatus, CreateCase};
use ebenezer_shared::problem::Problem;
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use uuid::Uuid;

/// Opens a case. Its day follows from the rules unless one is given, and its checklist from the
/// type.
#[utoipa::path(post, path = "/api/cases", tag = "cases", request_body = CreateCase,
    responses(
        (status = 201, body = Case),
        (status = 409, description = "`duplicate` names the field", body = Problem),
    ))]
pub async fn create_case(
    scope: Scope<CasesAdd>,
    Json(body): Json<CreateCase>,
) -> Result<Answer, ApiError> {
    let client = Client::named(body.contact_id, body.corporation_id)?;
    let client = client.ok_or_else(|| ApiError::invalid("contact_id", "required"))?;
    if body.status == CaseStatus::Closed {
        return Err(ApiError::invalid("status", "unknown_value"));
    }
    let mut row = new_row(&scope, client, body);
    rules::check(&row, scope.today())?;
    let command = scope.command().await?;
    check_references(&command, None, &row).await?;
    due::follow(&command, &mut row).await?;
    let new = row.clone().into_active_model().reset_all();
    db::insert(command.tx(), [new]).await.map_err(external_id::refused)?;
    checklist::begin(&command, row.id, rules::kind(&row)).await?;
    let case = store::load(&scope, command.tx(), row).await?;
    command.audit(Audit::created("case", case.id, &case)?).await?;
    let location = format!("/api/cases/{}", case.id);
    let answer = Answer::created(location, &case)?.etag(1);
    command.commit(answer).await
}

fn new_row(scope: &TenantScope, client: Client, body: CreateCase) -> Model {
    let now = scope.now();
    let (contact_id, corporation_id) = client.columns();
    let mut row = Model {
        id: Uuid::now_v7(),
        tenant_id: scope.tenant_id(),
        contact_id,
        corporation_id,
        joint_contact_id: body.joint_contact_id.map(Into::into),
        kind: body.kind.as_str().to_owned(),
        tax_year: body.tax_year,
        period: body.period.as_str().to_owned(),
        status: String::new(),
        status_rank: 0,
        closed_from: None,
        status_since: now,
        due_on: body.due_on,
        due_is_set: body.due_on.is_some(),
        is_extended: body.is_extended,
        assignee_id: body.assignee_id.map(Into::into),
        department_id: body.department_id.map(Into::into),
        priority: String::new(),
        priority_rank: 0,
        fee_amount: body.fee.as_ref().map(|fee| fee.amount),
        fee_currency: body.fee.map(|fee| fee.currency),
        notes: body.notes,
        external_id: body.external_id,
        version: 1,
        created_by: Some(scope.user_id()),
        created_at: now,
        updated_at: now,
    };
    rules::set_status(&mut row, body.status);
    rules::set_priority(&mut row, body.priority);
    row
}

/// 422 when the case names somebody or something that the firm does not have. What a known
/// case names already is not asked for again.
pub(super) async fn check_references(
    command: &Command<'_>,
    known: Option<&Model>,
    row: &Model,
) -> Result<(), ApiError> {
    let is_new = |of: fn(&Model) -> Option<Uuid>| {
        of(row).filter(|id| known.is_none_or(|known| of(known) != Some(*id)))
    };
    let tx = command.tx();
    if let Some(id) = is_new(|row| row.contact_id) {
        contacts::store::check(command, tx, "contact_id", id).await?;
    }
    if let Some(id) = is_new(|row| row.joint_contact_id) {
        contacts::store::check(command, tx, "joint_contact_id", id).await?;
    }
    corporations::store::check(command, tx, "corporation_id", is_new(|row| row.corporation_id))
        .await?;
    if let Some(id) = is_new(|row| row.assignee_id) {
        staff::check_named(command, tx, "assignee_id", id).await?;
    }
    if let Some(id) = is_new(|row| row.department_id) {
        departments::store::check(command, tx, id).await?;
    }
    Ok(())
}
