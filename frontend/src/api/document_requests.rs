//! What clients are asked for.

use super::client::{Client, Tagged};
use super::error::ApiError;
use ebenezer_shared::crm::document_request::{
    CreateDocumentRequest, CreateRequestItem, DocumentRequest, DocumentRequestStatus,
    UpdateDocumentRequest, UpdateRequestItem,
};
use ebenezer_shared::ids::{DocumentId, DocumentRequestId, RequestItemId};
use ebenezer_shared::pagination::Page;
use ebenezer_shared::patch::Patch;

const PATH: &str = "/api/document-requests";

fn path(id: DocumentRequestId) -> String {
    format!("{PATH}/{id}")
}

/// `GET /api/document-requests`; `query` with its question mark.
pub async fn list(client: Client, query: &str) -> Result<Page<DocumentRequest>, ApiError> {
    client.get(&format!("{PATH}{query}")).await
}

/// `POST /api/document-requests`
pub async fn create(
    client: Client,
    request: &CreateDocumentRequest,
) -> Result<Tagged<DocumentRequest>, ApiError> {
    client.create(PATH, request).await
}

/// Cancels a request, or asks again.
pub async fn set_status(
    client: Client,
    id: DocumentRequestId,
    status: DocumentRequestStatus,
) -> Result<Tagged<DocumentRequest>, ApiError> {
    let patch = UpdateDocumentRequest { status: Some(status), ..UpdateDocumentRequest::default() };
    client.update(&path(id), None, &patch).await
}

/// `DELETE /api/document-requests/{id}`
pub async fn delete(client: Client, id: DocumentRequestId) -> Result<(), ApiError> {
    client.delete(&path(id), None).await
}

/// `POST /api/document-requests/{id}/remind`
pub async fn remind(client: Client, id: DocumentRequestId) -> Result<DocumentRequest, ApiError> {
    client.post(&format!("{}/remind", path(id)), &()).await
}

/// `POST /api/document-requests/{id}/items`
pub async fn add_item(
    client: Client,
    id: DocumentRequestId,
    name: String,
) -> Result<Tagged<DocumentRequest>, ApiError> {
    let body = CreateRequestItem { name, note: None };
    client.create(&format!("{}/items", path(id)), &body).await
}

/// Says which document fulfils something that is asked for; none: it is missing again.
pub async fn fulfil(
    client: Client,
    id: DocumentRequestId,
    item: RequestItemId,
    document: Option<DocumentId>,
) -> Result<Tagged<DocumentRequest>, ApiError> {
    let body = UpdateRequestItem { document_id: Patch::from(document), ..Default::default() };
    client.update(&format!("{}/items/{item}", path(id)), None, &body).await
}

/// `DELETE /api/document-requests/{id}/items/{item_id}`
pub async fn remove_item(
    client: Client,
    id: DocumentRequestId,
    item: RequestItemId,
) -> Result<(), ApiError> {
    client.delete(&format!("{}/items/{item}", path(id)), None).await
}
