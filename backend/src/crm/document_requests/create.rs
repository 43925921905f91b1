//! `POST /api/document-requests`

use super::change::days_after;
use super::entity::Model;
use super::{item, store};
use crate::audit::Audit;
use crate::auth::{Scope, permissions::DocumentsAdd};
use crate::crm::client::Client;
use crate::db::{self, normalize};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use ebenezer_shared::crm::document_request::{
    CreateDocumentRequest, CreateRequestItem, DocumentRequest, DocumentRequestStatus,
};
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use uuid::Uuid;

/// Asks a client for documents.
#[utoipa::path(post, path = "/api/document-requests", tag = "document-requests",
    request_body = CreateDocumentRequest,
    responses((status = 201, body = DocumentRequest)))]
pub async fn create_document_request(
    scope: Scope<DocumentsAdd>,
    Json(body): Json<CreateDocumentRequest>,
) -> Result<Answer, ApiError> {
    let client = Client::named(body.contact_id, body.corporation_id)?;
    let client = client.ok_or_else(|| ApiError::invalid("contact_id", "one_client"))?;
    let command = scope.command().await?;
    client.lock(&command).await?;
    let (contact_id, corporation_id) = client.columns();
    let now = scope.now();
    let row = Model {
        id: Uuid::now_v7(),
        tenant_id: scope.tenant_id(),
        contact_id,
        corporation_id,
        sort_name: normalize(&body.title),
        title: body.title,
        message: body.message,
        status: DocumentRequestStatus::Open.as_str().to_owned(),
        due_on: body.due_on,
        remind_every_days: body.remind_every_days,
        next_reminder_on: days_after(scope.today(), body.remind_every_days),
        reminder_count: 0,
        last_reminded_at: None,
        completed_at: None,
        version: 1,
        created_by: Some(scope.user_id()),
        created_at: now,
        updated_at: now,
    };
    let items = (0..)
        .zip(body.items)
        .map(|(place, wanted)| new_item(&row, place, wanted).into_active_model().reset_all());
    let items: Vec<_> = items.collect();
    db::insert(command.tx(), [row.clone().into_active_model().reset_all()]).await?;
    db::insert::<item::Entity, _, _>(command.tx(), items).await?;
    let request = store::load(&scope, command.tx(), row).await?;
    command.audit(Audit::created("document_request", request.id, &request)?).await?;
    let location = format!("/api/document-requests/{}", request.id);
    let answer = Answer::created(location, &request)?.etag(1);
    command.commit(answer).await
}

/// A row of what is asked for.
pub fn new_item(request: &Model, place: i32, wanted: CreateRequestItem) -> item::Model {
    item::Model {
        id: Uuid::now_v7(),
        tenant_id: request.tenant_id,
        request_id: request.id,
        position: place,
        name: wanted.name,
        note: wanted.note,
        document_id: None,
        fulfilled_at: None,
    }
}
