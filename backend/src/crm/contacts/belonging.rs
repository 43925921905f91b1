//! `PATCH /api/contacts/{id}/corporations/{corporation_id}`

use super::entity::{Entity, Model};
use super::rules::Corporations;
use super::{link, store, write};
use crate::audit::Audit;
use crate::auth::{Command, Scope, permissions::ContactsChange};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Json, PathPair};
use ebenezer_shared::crm::contact::Contact;
use ebenezer_shared::crm::link::UpdateLink;
use ebenezer_shared::crm::period::Period;
use ebenezer_shared::ids::{ContactId, CorporationId};
use ebenezer_shared::problem::{Problem, ProblemCode};
use sea_orm::{ColumnTrait as _, IntoActiveModel as _, QueryFilter as _};
use uuid::Uuid;

/// Says what a person is to one of their companies, with what share, from when to when.
#[utoipa::path(patch, path = "/api/contacts/{id}/corporations/{corporation_id}", tag = "contacts",
    params(("id" = ContactId, Path), ("corporation_id" = CorporationId, Path),
        ("If-Match" = Option<String>, Header)),
    request_body = UpdateLink,
    responses(
        (status = 200, body = Contact),
        (status = 404, body = Problem),
        (status = 409, description = "`primary_required`", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn update_contact_corporation(
    scope: Scope<ContactsChange>,
    PathPair(id, company): PathPair<ContactId, CorporationId>,
    if_match: IfMatch,
    Json(body): Json<UpdateLink>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let known = store::find(&scope, command.tx(), id.into(), true).await?;
    let old = find(&command, known.id, company.into()).await?;
    if_match.check(known.version)?;
    let before = store::load(&scope, command.tx(), known.clone()).await?;
    let named = body.primary_corporation_id.map(Uuid::from);
    let new = apply(old.clone(), &body)?;
    let next = rule(&command, &known, &new, named).await?;
    let mut row = known.clone();
    row.primary_corporation_id = next.primary();
    if new == old && row == known {
        return command.commit(Answer::ok(&before)?.etag(known.version)).await;
    }
    link::save(&command, new).await?;
    // The primary one goes on, whatever end was planned for it.
    let promoted =
        row.primary_corporation_id.filter(|id| known.primary_corporation_id != Some(*id));
    link::add(&command, row.id, promoted).await?;
    row.version += 1;
    row.updated_at = scope.now();
    command
        .save::<Entity>(row.id, row.clone().into_active_model())
        .await
        .map_err(write::refused)?;
    let version = row.version;
    let after = store::load(&scope, command.tx(), row).await?;
    store::tell_companies(&command, Some(&before), Some(&after)).await?;
    command.audit(Audit::updated("contact", id, &before, &after)?).await?;
    let answer = Answer::ok(&after)?.etag(version);
    command.commit(answer).await
}

async fn find(
    command: &Command<'_>,
    contact: Uuid,
    company: Uuid,
) -> Result<link::Model, ApiError> {
    command
        .by_id::<link::Entity>(contact)
        .filter(link::Column::CorporationId.eq(company))
        .one(command.tx())
        .await?
        .ok_or_else(|| ProblemCode::NotFound.into())
}

fn apply(mut row: link::Model, body: &UpdateLink) -> Result<link::Model, ApiError> {
    if let Some(role) = body.role.change() {
        row.role = role.map(|role| role.as_str().to_owned());
    }
    if let Some(share) = body.share.change() {
        row.share = share.map(i32::from);
    }
    if let Some(from) = body.from.change() {
        row.starts_on = from;
    }
    if let Some(to) = body.to.change() {
        row.ends_on = to;
    }
    let period = Period { from: row.starts_on, to: row.ends_on };
    if period.is_possible() { Ok(row) } else { Err(ApiError::invalid("to", "before_start")) }
}

/// What the multi-corporation rule makes of it.
async fn rule(
    command: &Command<'_>,
    contact: &Model,
    link: &link::Model,
    named: Option<Uuid>,
) -> Result<Corporations, ApiError> {
    let known = store::corporations(command, command.tx(), contact).await?;
    let company = link.corporation_id;
    let (is_current, goes_on) = (link.is_current(command.today()), link.ends_on.is_none());
    if let Some(named) = named {
        let fits = if named == company { goes_on } else { known.contains(named) };
        if !fits {
            return Err(ApiError::invalid("primary_corporation_id", "unknown_reference"));
        }
    }
    let required = command.place().tenant.settings().require_primary_corporation;
    known
        .relinked(company, is_current, goes_on, named, required)
        .map_err(|code| ApiError::field(code, "primary_corporation_id", "required"))
}
