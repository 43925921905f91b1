//! `POST /api/documents`

use super::entity::Model;
use super::upload::{Stored, Upload};
use super::{access, names, store, version};
use crate::audit::Audit;
use crate::auth::{Command, Scope, TenantScope, permissions::DocumentsAdd};
use crate::crm::client::Client;
use crate::crm::folders::{defaults, entity as folder, store as folders};
use crate::db::{self, normalize};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::storage::ledger;
use ebenezer_shared::crm::document::{Document, UploadDocument};
use ebenezer_shared::problem::Problem;
use ebenezer_shared::validation as rule;
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use uuid::Uuid;

const FIELDS: [&str; 5] = ["folder_id", "contact_id", "corporation_id", "name", "note"];

/// Where a document is to lie.
#[derive(Clone, Copy)]
enum Place {
    Folder(Uuid),
    Inbox(Client),
}

/// Adds a document. It lies in the folder that is named or, when a client is named, in that
/// one's first folder.
#[utoipa::path(post, path = "/api/documents", tag = "documents",
    request_body(content = UploadDocument, content_type = "multipart/form-data"),
    responses(
        (status = 201, body = Document),
        (status = 402, description = "`plan_limit`: no room in the plan's storage", body = Problem),
    ))]
pub async fn create_document(
    scope: Scope<DocumentsAdd>,
    upload: Upload,
) -> Result<Answer, ApiError> {
    upload.only(&FIELDS)?;
    let place = place(&upload)?;
    let name = upload.text("name").map(str::to_owned);
    let note = upload.text("note").map(str::to_owned);
    rule::name(&name).map_err(|error| invalid("name", &error))?;
    rule::notes(&note).map_err(|error| invalid("note", &error))?;
    let _turn = scope.state.storage.turn().await?;
    if let Place::Folder(id) = place {
        // Before anything is stored; the command looks again.
        folders::named(&scope, scope.db(), "folder_id", id, false).await?;
    }
    let mut stored = upload.file.store(&scope).await?;
    if let Some(name) = name {
        stored.name = names::clean(&name, stored.kind);
    }
    let key = stored.key;
    let answer = write(&scope, place, stored, note).await;
    if answer.is_err() {
        ledger::give_up(&scope, key).await?;
    }
    answer
}

/// A rule that a field breaks.
fn invalid(field: &'static str, error: &validator::ValidationError) -> ApiError {
    let code = match error.code.as_ref() {
        "too_long" => "too_long",
        "control_characters" => "control_characters",
        _ => "invalid",
    };
    ApiError::invalid(field, code)
}

fn place(upload: &Upload) -> Result<Place, ApiError> {
    let contact = upload.id("contact_id")?.map(Into::into);
    let corporation = upload.id("corporation_id")?.map(Into::into);
    let client = Client::named(contact, corporation)?;
    match (upload.id("folder_id")?, client) {
        (Some(folder), None) => Ok(Place::Folder(folder)),
        (None, Some(client)) => Ok(Place::Inbox(client)),
        (None, None) => Err(ApiError::invalid("folder_id", "required")),
        (Some(_), Some(client)) => Err(ApiError::invalid(client.field(), "unknown_field")),
    }
}

async fn find_place(command: &Command<'_>, place: Place) -> Result<folder::Model, ApiError> {
    match place {
        Place::Folder(id) => folders::named(command, command.tx(), "folder_id", id, true).await,
        Place::Inbox(client) => defaults::inbox(command, client).await,
    }
}

async fn write(
    scope: &TenantScope,
    place: Place,
    stored: Stored,
    note: Option<String>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let folder = find_place(&command, place).await?;
    ledger::keep(&command, stored.key).await?;
    let now = scope.now();
    let row = Model {
        id: Uuid::now_v7(),
        tenant_id: scope.tenant_id(),
        folder_id: folder.id,
        sort_name: normalize(&stored.name),
        search_text: names::search_text(&stored.name, note.as_deref()),
        name: stored.name,
        kind: stored.kind.kind().as_str().to_owned(),
        note,
        shared_with_portal: false,
        current_number: 1,
        file_id: stored.key.id,
        extension: stored.kind.extension().to_owned(),
        size: stored.size,
        sha256: stored.sha256,
        trashed_at: None,
        version: 1,
        created_by: Some(scope.user_id()),
        created_at: now,
        updated_at: now,
    };
    let first = version::Model::of(&row, row.created_by, None);
    db::insert(command.tx(), [row.clone().into_active_model().reset_all()]).await?;
    db::insert(command.tx(), [first.into_active_model().reset_all()]).await?;
    let document = store::load(scope, command.tx(), row).await?;
    command.audit(Audit::created("document", document.id, &document)?).await?;
    access::tell_client(&command, &folder, (None, Some(&document))).await?;
    let location = format!("/api/documents/{}", document.id);
    let answer = Answer::created(location, &document)?.etag(1);
    command.commit(answer).await
}
