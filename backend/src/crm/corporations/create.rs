//! `POST /api/corporations`

use super::entity::Model;
use super::{store, write};
use crate::audit::Audit;
use crate::auth::{Scope, TenantScope, permissions::CorporationsAdd};
use crate::crm::client::Client;
use crate::crm::folders::defaults;
use crate::crm::phone;
use crate::crm::tags::{self, CorporationTags};
use crate::db;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use ebenezer_shared::crm::corporation::{Corporation, CreateCorporation};
use ebenezer_shared::problem::Problem;
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use uuid::Uuid;

/// Adds a company.
#[utoipa::path(post, path = "/api/corporations", tag = "corporations",
    request_body = CreateCorporation,
    responses(
        (status = 201, body = Corporation),
        (status = 409, description = "`duplicate` names the field", body = Problem),
    ))]
pub async fn create_corporation(
    scope: Scope<CorporationsAdd>,
    Json(mut body): Json<CreateCorporation>,
) -> Result<Answer, ApiError> {
    let tag_ids = std::mem::take(&mut body.tag_ids);
    let row = new_row(&scope, body)?;
    let command = scope.command().await?;
    db::insert(command.tx(), [row.clone().into_active_model().reset_all()])
        .await
        .map_err(write::taken)?;
    tags::link::set::<CorporationTags>(&command, row.id, tag_ids.into_iter().map(Uuid::from))
        .await?;
    defaults::give(&command, Client::corporation(row.id)).await?;
    let corporation = store::load(&scope, command.tx(), row).await?;
    command.audit(Audit::created("corporation", corporation.id, &corporation)?).await?;
    let location = format!("/api/corporations/{}", corporation.id);
    let answer = Answer::created(location, &corporation)?.etag(1);
    command.commit(answer).await
}

fn new_row(scope: &TenantScope, body: CreateCorporation) -> Result<Model, ApiError> {
    let now = scope.now();
    let phone = phone::read(scope, body.phone.as_deref())?;
    let mut row = Model {
        id: Uuid::now_v7(),
        tenant_id: scope.tenant_id(),
        name: body.name,
        sort_name: String::new(),
        search_text: String::new(),
        legal_name: body.legal_name,
        ein_sealed: None,
        ein_hash: None,
        ein_last4_hash: None,
        kind: body.kind.map(|kind| kind.as_str().to_owned()),
        status: body.status.as_str().to_owned(),
        industry: body.industry,
        fiscal_year_end: body.fiscal_year_end,
        address: serde_json::json!({}),
        phone: None,
        phone_display: None,
        email: body.email,
        notes: body.notes,
        external_id: body.external_id,
        version: 1,
        created_by: Some(scope.user_id()),
        created_at: now,
        updated_at: now,
    };
    write::set_ein(&scope.state, &mut row, body.ein.as_deref());
    write::set_phone(&mut row, phone);
    write::set_address(&mut row, &body.address.unwrap_or_default())?;
    write::set_keys(&mut row);
    Ok(row)
}
