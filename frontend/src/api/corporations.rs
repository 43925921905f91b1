//! Companies.

use super::client::{Client, Tagged};
use super::error::ApiError;
use super::query_string::QueryString;
use ebenezer_shared::crm::corporation::{
    Corporation, CorporationContact, CorporationSecret, CorporationStatus, CorporationSummary,
    CorporationType, CreateCorporation, UpdateCorporation,
};
use ebenezer_shared::crm::relation::{
    CreateRelatedCorporation, RelatedCorporation, UpdateRelatedCorporation,
};
use ebenezer_shared::crm::reveal::{RevealCorporation, Revealed};
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::pagination::{DEFAULT_PAGE_SIZE, Page};

const PATH: &str = "/api/corporations";

fn path(id: CorporationId) -> String {
    format!("{PATH}/{id}")
}

/// Which corporations, in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListCorporations {
    pub page: u64,
    pub page_size: u64,
    pub search: String,
    /// `name`, `status`, `created_at`, `updated_at`; `-` before it reverses; empty is the
    /// server's order.
    pub ordering: String,
    pub status: Option<CorporationStatus>,
    pub kind: Option<CorporationType>,
    /// Ids with commas; all must be there.
    pub tags: String,
}

impl Default for ListCorporations {
    fn default() -> Self {
        Self {
            page: 1,
            page_size: DEFAULT_PAGE_SIZE,
            search: String::new(),
            ordering: String::new(),
            status: None,
            kind: None,
            tags: String::new(),
        }
    }
}

/// `GET /api/corporations`
pub async fn list(
    client: Client,
    query: &ListCorporations,
) -> Result<Page<CorporationSummary>, ApiError> {
    let pages = QueryString::new().with("page", query.page).with("page_size", query.page_size);
    client.get(&filtered(pages, query).on(PATH)).await
}

/// Which of them the list means, on all its pages, in its order.
pub fn meant(query: &ListCorporations) -> String {
    filtered(QueryString::new(), query).text()
}

fn filtered(start: QueryString, query: &ListCorporations) -> QueryString {
    start
        .with_text("ordering", &query.ordering)
        .with_text("search", &query.search)
        .with_option("status", query.status.map(CorporationStatus::as_str))
        .with_option("type", query.kind.map(CorporationType::as_str))
        .with_text("tag", &query.tags)
}

/// `POST /api/corporations`; 409 `duplicate` names the field `ein`.
pub async fn create(
    client: Client,
    corporation: &CreateCorporation,
) -> Result<Tagged<Corporation>, ApiError> {
    client.create(PATH, corporation).await
}

/// `GET /api/corporations/{id}`
pub async fn get(client: Client, id: CorporationId) -> Result<Tagged<Corporation>, ApiError> {
    client.get_tagged(&path(id)).await
}

/// `PATCH /api/corporations/{id}`; 412 when somebody saved in between.
pub async fn update(
    client: Client,
    id: CorporationId,
    etag: Option<&str>,
    patch: &UpdateCorporation,
) -> Result<Tagged<Corporation>, ApiError> {
    client.update(&path(id), etag, patch).await
}

/// `DELETE /api/corporations/{id}`. Whoever has it as primary gets `reassign_primary_to`;
/// without it 409 `corporation_is_primary` lists them.
pub async fn delete(
    client: Client,
    id: CorporationId,
    etag: Option<&str>,
    reassign_primary_to: Option<CorporationId>,
) -> Result<(), ApiError> {
    let query = QueryString::new().with_option("reassign_primary_to", reassign_primary_to);
    client.delete(&query.on(&path(id)), etag).await
}

/// `GET /api/corporations/{id}/contacts`: its people or its former ones, from page 1.
pub async fn contacts(
    client: Client,
    id: CorporationId,
    former: bool,
    page: u64,
    page_size: u64,
) -> Result<Page<CorporationContact>, ApiError> {
    let query = QueryString::new()
        .with("page", page)
        .with("page_size", page_size)
        .with_option("former", former.then_some("true"));
    client.get(&query.on(&format!("{}/contacts", path(id)))).await
}

/// `GET /api/corporations/{id}/related`
pub async fn related(
    client: Client,
    id: CorporationId,
) -> Result<Page<RelatedCorporation>, ApiError> {
    client.get(&format!("{}/related", path(id))).await
}

/// `POST /api/corporations/{id}/related`
pub async fn relate(
    client: Client,
    id: CorporationId,
    body: &CreateRelatedCorporation,
) -> Result<(), ApiError> {
    let path = format!("{}/related", path(id));
    client.create::<_, RelatedCorporation>(&path, body).await.map(drop)
}

/// `PATCH /api/corporations/{id}/related/{corporation_id}`
pub async fn update_related(
    client: Client,
    (id, other): (CorporationId, CorporationId),
    body: &UpdateRelatedCorporation,
) -> Result<(), ApiError> {
    let path = format!("{}/related/{other}", path(id));
    client.update::<_, RelatedCorporation>(&path, None, body).await.map(drop)
}

/// `DELETE /api/corporations/{id}/related/{corporation_id}`
pub async fn unrelate(
    client: Client,
    id: CorporationId,
    other: CorporationId,
) -> Result<(), ApiError> {
    client.delete(&format!("{}/related/{other}", path(id)), None).await
}

/// `POST /api/corporations/{id}/reveal`: the whole EIN; leaves an audit entry.
pub async fn reveal(
    client: Client,
    id: CorporationId,
    field: CorporationSecret,
    reason: String,
) -> Result<Revealed, ApiError> {
    client.post(&format!("{}/reveal", path(id)), &RevealCorporation { field, reason }).await
}
