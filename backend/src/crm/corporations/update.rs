//! `PATCH /api/corporations/{id}`

use super::entity::{Entity, Model};
use super::{store, write};
use crate::audit::Audit;
use crate::auth::{Scope, TenantScope, permissions::CorporationsChange};
use crate::crm::cases::due;
use crate::crm::phone;
use crate::crm::tags::{self, CorporationTags};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Json, Path};
use ebenezer_shared::crm::address::Address;
use ebenezer_shared::crm::corporation::{Corporation, UpdateCorporation};
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::patch::Patch;
use ebenezer_shared::problem::Problem;
use sea_orm::IntoActiveModel as _;
use serde::Deserialize;
use uuid::Uuid;

/// Changes a company.
#[utoipa::path(patch, path = "/api/corporations/{id}", tag = "corporations",
    params(("id" = CorporationId, Path), ("If-Match" = Option<String>, Header)),
    request_body = UpdateCorporation,
    responses(
        (status = 200, body = Corporation),
        (status = 404, body = Problem),
        (status = 409, description = "`duplicate` names the field", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn update_corporation(
    scope: Scope<CorporationsChange>,
    Path(id): Path<CorporationId>,
    if_match: IfMatch,
    Json(mut body): Json<UpdateCorporation>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let known = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(known.version)?;
    let before = store::load(&scope, command.tx(), known.clone()).await?;
    let retagged = match body.tag_ids.take() {
        Some(ids) => {
            let ids = ids.into_iter().map(Uuid::from);
            tags::link::set::<CorporationTags>(&command, known.id, ids).await?
        }
        None => false,
    };
    let mut row = apply(&scope, known.clone(), body)?;
    if row == known && !retagged {
        return command.commit(Answer::ok(&before)?.etag(row.version)).await;
    }
    row.version += 1;
    row.updated_at = scope.now();
    command.save::<Entity>(row.id, row.clone().into_active_model()).await.map_err(write::taken)?;
    if row.fiscal_year_end != known.fiscal_year_end {
        due::of_companies(&command, &[row.id]).await?;
    }
    let hidden = known.ein_hash != row.ein_hash;
    let version = row.version;
    let after = store::load(&scope, command.tx(), row).await?;
    let audit = Audit::updated("corporation", id, &before, &after)?;
    command.audit(if hidden { audit.with_hidden_change("ein") } else { audit }).await?;
    let answer = Answer::ok(&after)?.etag(version);
    command.commit(answer).await
}

fn apply(scope: &TenantScope, mut row: Model, body: UpdateCorporation) -> Result<Model, ApiError> {
    if let Patch::Value(name) = body.name {
        row.name = name;
    }
    if let Some(legal_name) = body.legal_name.change() {
        row.legal_name = legal_name;
    }
    if let Some(ein) = body.ein.change() {
        write::set_ein(&scope.state, &mut row, ein.as_deref());
    }
    if let Some(kind) = body.kind.change() {
        row.kind = kind.map(|kind| kind.as_str().to_owned());
    }
    if let Some(status) = body.status {
        status.as_str().clone_into(&mut row.status);
    }
    if let Some(industry) = body.industry.change() {
        row.industry = industry;
    }
    if let Some(end) = body.fiscal_year_end.change() {
        row.fiscal_year_end = end;
    }
    if let Some(patch) = body.address.change() {
        let mut address = Address::default();
        if let Some(patch) = patch {
            address = Deserialize::deserialize(&row.address).unwrap_or_default();
            patch.apply(&mut address);
        }
        write::set_address(&mut row, &address)?;
    }
    if let Some(phone) = phone::read_patch(scope, body.phone)?.change() {
        write::set_phone(&mut row, phone);
    }
    if let Some(email) = body.email.change() {
        row.email = email;
    }
    if let Some(notes) = body.notes.change() {
        row.notes = notes;
    }
    if let Some(external_id) = body.external_id.change() {
        row.external_id = external_id;
    }
    write::set_keys(&mut row);
    Ok(row)
}
