//! `PATCH /api/contacts/{id}`

use super::entity::{Entity, Model};
use super::{link, store, write};
use crate::audit::Audit;
use crate::auth::{Command, Scope, TenantScope, permissions::ContactsChange};
use crate::crm::tags::{self, ContactTags};
use crate::crm::{corporations, departments, phone, staff};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Json, Path};
use ebenezer_shared::crm::address::Address;
use ebenezer_shared::crm::contact::{Contact, UpdateContact};
use ebenezer_shared::ids::ContactId;
use ebenezer_shared::locale::Locale;
use ebenezer_shared::patch::Patch;
use ebenezer_shared::problem::Problem;
use sea_orm::IntoActiveModel as _;
use serde::Deserialize;
use uuid::Uuid;

/// Changes a person.
#[utoipa::path(patch, path = "/api/contacts/{id}", tag = "contacts",
    params(("id" = ContactId, Path), ("If-Match" = Option<String>, Header)),
    request_body = UpdateContact,
    responses(
        (status = 200, body = Contact),
        (status = 404, body = Problem),
        (status = 409, description = "`primary_required`, `duplicate`", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn update_contact(
    scope: Scope<ContactsChange>,
    Path(id): Path<ContactId>,
    if_match: IfMatch,
    Json(mut body): Json<UpdateContact>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let known = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(known.version)?;
    let before = store::load(&scope, command.tx(), known.clone()).await?;
    let (primary, relinked) = change_corporations(&command, &known, &mut body).await?;
    let retagged = change_tags(&command, &known, &mut body).await?;
    let mut row = apply(&scope, known.clone(), body)?;
    row.primary_corporation_id = primary;
    if row == known && !relinked && !retagged {
        return command.commit(Answer::ok(&before)?.etag(known.version)).await;
    }
    check_references(&command, &known, &row).await?;
    row.version += 1;
    row.updated_at = scope.now();
    command
        .save::<Entity>(row.id, row.clone().into_active_model())
        .await
        .map_err(write::refused)?;
    let hidden = [
        ("ssn", known.ssn_hash != row.ssn_hash),
        ("date_of_birth", known.date_of_birth_sealed != row.date_of_birth_sealed),
    ];
    let version = row.version;
    let after = store::load(&scope, command.tx(), row).await?;
    if relinked {
        store::tell_companies(&command, Some(&before), Some(&after)).await?;
    }
    let mut audit = Audit::updated("contact", id, &before, &after)?;
    for (field, changed) in hidden {
        if changed {
            audit = audit.with_hidden_change(field);
        }
    }
    command.audit(audit).await?;
    let answer = Answer::ok(&after)?.etag(version);
    command.commit(answer).await
}

/// Changes the links by the multi-corporation rule; answers the primary that results, and
/// whether there are other links now.
async fn change_corporations(
    command: &Command<'_>,
    row: &Model,
    body: &mut UpdateContact,
) -> Result<(Option<Uuid>, bool), ApiError> {
    let primary = std::mem::take(&mut body.primary_corporation_id);
    let listed = body.corporation_ids.take();
    let listed_any = listed.is_some();
    if primary.is_absent() && listed.is_none() {
        return Ok((row.primary_corporation_id, false));
    }
    let required = command.place().tenant.settings().require_primary_corporation;
    let known = store::corporations(command, command.tx(), row).await?;
    let listed = listed.map(|ids| ids.into_iter().map(Uuid::from).collect());
    let next = known
        .patched(primary.map(Uuid::from), listed, required)
        .map_err(|code| ApiError::field(code, "primary_corporation_id", "required"))?;
    let field = if listed_any { "corporation_ids" } else { "primary_corporation_id" };
    corporations::store::check(command, command.tx(), field, next.without(&known)).await?;
    // The primary one goes on, whatever end was planned for it.
    let promoted = next.primary().filter(|id| known.primary() != Some(*id));
    link::add(command, row.id, next.without(&known).chain(promoted)).await?;
    link::remove(command, row.id, known.without(&next)).await?;
    Ok((next.primary(), next != known))
}

/// Changes the tags when the body names any; says whether there are other ones now.
async fn change_tags(
    command: &Command<'_>,
    row: &Model,
    body: &mut UpdateContact,
) -> Result<bool, ApiError> {
    let Some(ids) = body.tag_ids.take() else { return Ok(false) };
    tags::link::set::<ContactTags>(command, row.id, ids.into_iter().map(Uuid::from)).await
}

/// 422 when the change names a department or a colleague that the firm does not have.
async fn check_references(
    command: &Command<'_>,
    known: &Model,
    row: &Model,
) -> Result<(), ApiError> {
    if let Some(department) = row.department_id.filter(|id| Some(*id) != known.department_id) {
        departments::store::check(command, command.tx(), department).await?;
    }
    if let Some(owner) = row.owner_id.filter(|id| Some(*id) != known.owner_id) {
        staff::check(command, command.tx(), owner).await?;
    }
    Ok(())
}

fn apply(scope: &TenantScope, mut row: Model, body: UpdateContact) -> Result<Model, ApiError> {
    if let Patch::Value(first_name) = body.first_name {
        row.first_name = first_name;
    }
    if let Patch::Value(last_name) = body.last_name {
        row.last_name = last_name;
    }
    if let Some(email) = body.email.change() {
        write::set_email(&mut row, email);
    }
    if let Some(phone) = phone::read_patch(scope, body.phone)?.change() {
        write::set_phone(&mut row, phone);
    }
    if let Some(status) = body.status {
        status.as_str().clone_into(&mut row.status);
    }
    if let Some(since) = body.client_since.change() {
        row.client_since = since;
    }
    if let Some(department) = body.department_id.change() {
        row.department_id = department.map(Into::into);
    }
    if let Some(owner) = body.owner_id.change() {
        row.owner_id = owner.map(Into::into);
    }
    if let Some(patch) = body.address.change() {
        let mut address = Address::default();
        if let Some(patch) = patch {
            address = Deserialize::deserialize(&row.address).unwrap_or_default();
            patch.apply(&mut address);
        }
        write::set_address(&mut row, &address)?;
    }
    if let Some(date) = body.date_of_birth.change() {
        write::set_date_of_birth(&scope.state, &mut row, date);
    }
    if let Some(ssn) = body.ssn.change() {
        write::set_ssn(&scope.state, &mut row, ssn.as_deref());
    }
    if let Some(language) = body.preferred_language.change() {
        row.preferred_language = language.map(Locale::tag).map(str::to_owned);
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
