//! `POST /api/contacts`

use super::entity::Model;
use super::rules::Corporations;
use super::{duplicates, link, store, write};
use crate::audit::Audit;
use crate::auth::{Scope, TenantScope, permissions::ContactsAdd};
use crate::crm::client::Client;
use crate::crm::folders::defaults;
use crate::crm::tags::{self, ContactTags};
use crate::crm::{corporations, departments, phone, staff};
use crate::db;
use crate::error::{ApiError, Refusal};
use crate::http::answer::Answer;
use crate::http::input::Json;
use ebenezer_shared::crm::contact::{Contact, CreateContact};
use ebenezer_shared::locale::Locale;
use ebenezer_shared::problem::{Problem, ProblemCode};
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use uuid::Uuid;

/// Adds a person. Somebody much alike is answered with 409 `possible_duplicate` and the
/// matches, unless `allow_duplicate` is set.
#[utoipa::path(post, path = "/api/contacts", tag = "contacts", request_body = CreateContact,
    responses(
        (status = 201, body = Contact),
        (status = 409, description = "`possible_duplicate`, `primary_required`, `duplicate`", body = Problem),
    ))]
pub async fn create_contact(
    scope: Scope<ContactsAdd>,
    Json(mut body): Json<CreateContact>,
) -> Result<Answer, ApiError> {
    let required = scope.place().tenant.settings().require_primary_corporation;
    let chosen = Corporations::new(
        body.primary_corporation_id.map(Into::into),
        body.corporation_ids.iter().map(|id| id.0),
        required,
    )
    .map_err(|code| ApiError::field(code, "primary_corporation_id", "required"))?;
    let listed_any = !body.corporation_ids.is_empty();
    let field = if listed_any { "corporation_ids" } else { "primary_corporation_id" };
    let allow_duplicate = body.allow_duplicate;
    let tag_ids = std::mem::take(&mut body.tag_ids);
    let mut row = new_row(&scope, body)?;
    row.primary_corporation_id = chosen.primary();
    let command = scope.command().await?;
    corporations::store::check(&scope, command.tx(), field, chosen.all()).await?;
    if let Some(department) = row.department_id {
        departments::store::check(&scope, command.tx(), department).await?;
    }
    if let Some(owner) = row.owner_id {
        staff::check(&scope, command.tx(), owner).await?;
    }
    if !allow_duplicate {
        let matches = duplicates::find(&command, &row).await?;
        if !matches.is_empty() {
            return Err(Refusal { matches, ..Refusal::new(ProblemCode::PossibleDuplicate) }.into());
        }
    }
    db::insert(command.tx(), [row.clone().into_active_model().reset_all()])
        .await
        .map_err(write::refused)?;
    link::add(&command, row.id, chosen.all()).await?;
    tags::link::set::<ContactTags>(&command, row.id, tag_ids.into_iter().map(Uuid::from)).await?;
    defaults::give(&command, Client::contact(row.id)).await?;
    let contact = store::load(&scope, command.tx(), row).await?;
    store::tell_companies(&command, None, Some(&contact)).await?;
    command.audit(Audit::created("contact", contact.id, &contact)?).await?;
    let location = format!("/api/contacts/{}", contact.id);
    let answer = Answer::created(location, &contact)?.etag(1);
    command.commit(answer).await
}

fn new_row(scope: &TenantScope, body: CreateContact) -> Result<Model, ApiError> {
    let now = scope.now();
    let phone = phone::read(scope, body.phone.as_deref())?;
    let mut row = Model {
        id: Uuid::now_v7(),
        tenant_id: scope.tenant_id(),
        first_name: body.first_name,
        last_name: body.last_name,
        sort_name: String::new(),
        search_text: String::new(),
        email: None,
        email_key: String::new(),
        phone: None,
        phone_display: None,
        status: body.status.as_str().to_owned(),
        client_since: body.client_since,
        primary_corporation_id: None,
        department_id: body.department_id.map(Into::into),
        owner_id: body.owner_id.map(Into::into),
        address: serde_json::json!({}),
        date_of_birth_sealed: None,
        ssn_sealed: None,
        ssn_hash: None,
        ssn_last4_hash: None,
        preferred_language: body.preferred_language.map(Locale::tag).map(str::to_owned),
        notes: body.notes,
        external_id: body.external_id,
        version: 1,
        created_by: Some(scope.user_id()),
        created_at: now,
        updated_at: now,
    };
    write::set_ssn(&scope.state, &mut row, body.ssn.as_deref());
    write::set_date_of_birth(&scope.state, &mut row, body.date_of_birth);
    write::set_email(&mut row, body.email);
    write::set_phone(&mut row, phone);
    write::set_address(&mut row, &body.address.unwrap_or_default())?;
    write::set_keys(&mut row);
    Ok(row)
}
