//! `/api/document-requests/{id}/items`

use super::create::new_item;
use super::entity::Model;
use super::{change, item, store};
use crate::auth::{Command, Scope, permissions::DocumentsChange};
use crate::crm::documents::store as documents;
use crate::crm::folders::entity as folder;
use crate::db;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Json, Path, PathPair};
use ebenezer_shared::crm::document_request::{
    CreateRequestItem, DocumentRequest, MAX_ITEMS, UpdateRequestItem,
};
use ebenezer_shared::ids::{DocumentRequestId, RequestItemId};
use ebenezer_shared::patch::Patch;
use ebenezer_shared::problem::{Problem, ProblemCode};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, IntoActiveModel as _, QueryFilter as _};
use uuid::Uuid;

/// Asks for one more thing.
#[utoipa::path(post, path = "/api/document-requests/{id}/items", tag = "document-requests",
    params(("id" = DocumentRequestId, Path)),
    request_body = CreateRequestItem,
    responses((status = 201, body = DocumentRequest), (status = 404, body = Problem)))]
pub async fn create_request_item(
    scope: Scope<DocumentsChange>,
    Path(id): Path<DocumentRequestId>,
    Json(body): Json<CreateRequestItem>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let row = store::find(&scope, command.tx(), id.into(), true).await?;
    let shown = store::load(&scope, command.tx(), row.clone()).await?;
    if shown.items.len() >= MAX_ITEMS {
        return Err(ApiError::invalid("name", "too_many"));
    }
    let items = store::items(&scope, command.tx(), [row.id]).await?;
    let place = items.last().map_or(0, |last| last.position.saturating_add(1));
    let next = new_item(&row, place, body);
    db::insert(command.tx(), [next.into_active_model().reset_all()]).await?;
    let (after, version) = change::write(&command, row, &shown).await?;
    let location = format!("/api/document-requests/{id}");
    command.commit(Answer::created(location, &after)?.etag(version)).await
}

/// Changes one thing that is asked for, or says which document fulfils it.
#[utoipa::path(patch, path = "/api/document-requests/{id}/items/{item_id}",
    tag = "document-requests",
    params(("id" = DocumentRequestId, Path), ("item_id" = RequestItemId, Path)),
    request_body = UpdateRequestItem,
    responses((status = 200, body = DocumentRequest), (status = 404, body = Problem)))]
pub async fn update_request_item(
    scope: Scope<DocumentsChange>,
    PathPair(id, item_id): PathPair<DocumentRequestId, RequestItemId>,
    Json(body): Json<UpdateRequestItem>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let request = store::find(&scope, command.tx(), id.into(), true).await?;
    let mut row = find(&command, &request, item_id).await?;
    let shown = store::load(&scope, command.tx(), request.clone()).await?;
    if let Patch::Value(name) = body.name {
        row.name = name;
    }
    if let Some(note) = body.note.change() {
        row.note = note;
    }
    match body.document_id.change() {
        None => {}
        Some(None) => {
            row.document_id = None;
            row.fulfilled_at = None;
        }
        Some(Some(document)) => {
            let document = Uuid::from(document);
            check_document(&command, &request, document).await?;
            row.document_id = Some(document);
            row.fulfilled_at = row.fulfilled_at.or(Some(scope.now()));
        }
    }
    command.save::<item::Entity>(row.id, row.into_active_model()).await?;
    let (after, version) = change::write(&command, request, &shown).await?;
    command.commit(Answer::ok(&after)?.etag(version)).await
}

/// Asks for one thing less.
#[utoipa::path(delete, path = "/api/document-requests/{id}/items/{item_id}",
    tag = "document-requests",
    params(("id" = DocumentRequestId, Path), ("item_id" = RequestItemId, Path)),
    responses(
        (status = 204),
        (status = 404, body = Problem),
        (status = 409, description = "`in_use`: it is the only one", body = Problem),
    ))]
pub async fn delete_request_item(
    scope: Scope<DocumentsChange>,
    PathPair(id, item_id): PathPair<DocumentRequestId, RequestItemId>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let request = store::find(&scope, command.tx(), id.into(), true).await?;
    let row = find(&command, &request, item_id).await?;
    let shown = store::load(&scope, command.tx(), request.clone()).await?;
    if shown.items.len() < 2 {
        return Err(ProblemCode::InUse.into());
    }
    let one = command.delete::<item::Entity>().filter(item::Column::Id.eq(row.id));
    one.exec(command.tx()).await?;
    change::write(&command, request, &shown).await?;
    command.commit(Answer::no_content()).await
}

async fn find(
    command: &Command<'_>,
    request: &Model,
    id: RequestItemId,
) -> Result<item::Model, ApiError> {
    let row = command.by_id::<item::Entity>(id);
    let row = row.filter(item::Column::RequestId.eq(request.id)).one(command.tx()).await?;
    row.ok_or_else(|| ProblemCode::NotFound.into())
}

/// 422 unless it is a document of the request's client that the caller sees, and not in the
/// trash.
async fn check_document(command: &Command<'_>, request: &Model, id: Uuid) -> Result<(), ApiError> {
    let unknown = || ApiError::invalid("document_id", "unknown_reference");
    let document = documents::find(command, command.tx(), id, true).await;
    let document = document.map_err(|_| unknown())?;
    if document.trashed_at.is_some() {
        return Err(unknown());
    }
    let lies_in = command.by_id::<folder::Entity>(document.folder_id).one(command.tx()).await?;
    if lies_in.is_none_or(|folder| folder.client() != request.client()) {
        return Err(ApiError::invalid("document_id", "other_client"));
    }
    Ok(())
}
