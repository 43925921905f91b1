//! People.

use super::client::{Client, Tagged};
use super::error::ApiError;
use super::query_string::QueryString;
use ebenezer_shared::crm::contact::{
    Contact, ContactSecret, ContactStatus, ContactSummary, CreateContact, UpdateContact,
};
use ebenezer_shared::crm::link::UpdateLink;
use ebenezer_shared::crm::relation::{CreateRelatedContact, RelatedContact, UpdateRelatedContact};
use ebenezer_shared::crm::reveal::{RevealContact, Revealed};
use ebenezer_shared::ids::{ContactId, CorporationId, DepartmentId, UserId};
use ebenezer_shared::pagination::{DEFAULT_PAGE_SIZE, Page};

const PATH: &str = "/api/contacts";

fn path(id: ContactId) -> String {
    format!("{PATH}/{id}")
}

/// Which contacts, in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListContacts {
    pub page: u64,
    pub page_size: u64,
    pub search: String,
    /// `name`, `email`, `status`, `client_since`, `created_at`, `updated_at`; `-` before
    /// it reverses; empty is the server's order.
    pub ordering: String,
    pub status: Option<ContactStatus>,
    pub corporation_id: Option<CorporationId>,
    pub department_id: Option<DepartmentId>,
    pub owner_id: Option<UserId>,
    /// Ids with commas; all must be there.
    pub tags: String,
}

impl Default for ListContacts {
    fn default() -> Self {
        Self {
            page: 1,
            page_size: DEFAULT_PAGE_SIZE,
            search: String::new(),
            ordering: String::new(),
            status: None,
            corporation_id: None,
            department_id: None,
            owner_id: None,
            tags: String::new(),
        }
    }
}

/// `GET /api/contacts`
pub async fn list(client: Client, query: &ListContacts) -> Result<Page<ContactSummary>, ApiError> {
    let pages = QueryString::new().with("page", query.page).with("page_size", query.page_size);
    client.get(&filtered(pages, query).on(PATH)).await
}

/// Which of them the list means, on all its pages, in its order.
pub fn meant(query: &ListContacts) -> String {
    filtered(QueryString::new(), query).text()
}

fn filtered(start: QueryString, query: &ListContacts) -> QueryString {
    start
        .with_text("ordering", &query.ordering)
        .with_text("search", &query.search)
        .with_option("status", query.status.map(ContactStatus::as_str))
        .with_option("corporation_id", query.corporation_id)
        .with_option("department_id", query.department_id)
        .with_option("owner_id", query.owner_id)
        .with_text("tag", &query.tags)
}

/// `POST /api/contacts`; 409 `possible_duplicate` lists the matches.
pub async fn create(client: Client, contact: &CreateContact) -> Result<Tagged<Contact>, ApiError> {
    client.create(PATH, contact).await
}

/// `GET /api/contacts/{id}`
pub async fn get(client: Client, id: ContactId) -> Result<Tagged<Contact>, ApiError> {
    client.get_tagged(&path(id)).await
}

/// `PATCH /api/contacts/{id}`; 412 when somebody saved in between.
pub async fn update(
    client: Client,
    id: ContactId,
    etag: Option<&str>,
    patch: &UpdateContact,
) -> Result<Tagged<Contact>, ApiError> {
    client.update(&path(id), etag, patch).await
}

/// `DELETE /api/contacts/{id}`
pub async fn delete(client: Client, id: ContactId, etag: Option<&str>) -> Result<(), ApiError> {
    client.delete(&path(id), etag).await
}

/// `PATCH /api/contacts/{id}/corporations/{corporation_id}`
pub async fn update_link(
    client: Client,
    (id, corporation): (ContactId, CorporationId),
    etag: Option<&str>,
    body: &UpdateLink,
) -> Result<(), ApiError> {
    let path = format!("{}/corporations/{corporation}", path(id));
    client.update::<_, Contact>(&path, etag, body).await.map(drop)
}

/// `GET /api/contacts/{id}/related`
pub async fn related(client: Client, id: ContactId) -> Result<Page<RelatedContact>, ApiError> {
    client.get(&format!("{}/related", path(id))).await
}

/// `POST /api/contacts/{id}/related`
pub async fn relate(
    client: Client,
    id: ContactId,
    body: &CreateRelatedContact,
) -> Result<(), ApiError> {
    let path = format!("{}/related", path(id));
    client.create::<_, RelatedContact>(&path, body).await.map(drop)
}

/// `PATCH /api/contacts/{id}/related/{contact_id}`
pub async fn update_related(
    client: Client,
    (id, other): (ContactId, ContactId),
    body: &UpdateRelatedContact,
) -> Result<(), ApiError> {
    let path = format!("{}/related/{other}", path(id));
    client.update::<_, RelatedContact>(&path, None, body).await.map(drop)
}

/// `DELETE /api/contacts/{id}/related/{contact_id}`
pub async fn unrelate(client: Client, id: ContactId, other: ContactId) -> Result<(), ApiError> {
    client.delete(&format!("{}/related/{other}", path(id)), None).await
}

/// `POST /api/contacts/{id}/reveal`: the whole value of a masked field; leaves an audit entry.
pub async fn reveal(
    client: Client,
    id: ContactId,
    field: ContactSecret,
    reason: String,
) -> Result<Revealed, ApiError> {
    client.post(&format!("{}/reveal", path(id)), &RevealContact { field, reason }).await
}
