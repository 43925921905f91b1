//! The firm's own people, their roles, and those who are asked to join.

use super::client::{Client, Tagged};
use super::error::ApiError;
use super::query_string::QueryString;
use ebenezer_shared::ids::{InvitationId, UserId};
use ebenezer_shared::pagination::{MAX_PAGE_SIZE, Page};
use ebenezer_shared::record::RecordType;
use ebenezer_shared::team::access::RecordAccess;
use ebenezer_shared::team::{
    CreateInvitation, CreateRole, Invitation, RoleKey, TeamMember, TeamRole, UpdateMember,
    UpdateRole,
};
use uuid::Uuid;

const PATH: &str = "/api/team";
const INVITATIONS: &str = "/api/team/invitations";
const ROLES: &str = "/api/roles";

fn member(id: UserId) -> String {
    format!("{PATH}/{id}")
}

fn role(key: RoleKey) -> String {
    format!("{ROLES}/{key}")
}

/// Which members to list; empty texts filter nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListMembers {
    pub search: String,
    pub ordering: String,
    pub role: String,
    pub department_id: String,
    /// `true` or `false`
    pub active: String,
}

/// `GET /api/team`: whose name or email holds `search`; all when it is empty.
pub async fn list(client: Client, search: &str) -> Result<Page<TeamMember>, ApiError> {
    let query = QueryString::new().with("page_size", MAX_PAGE_SIZE).with_text("search", search);
    client.get(&query.on(PATH)).await
}

/// `GET /api/team`: all at once, a firm's people are few.
pub async fn members(client: Client, wanted: &ListMembers) -> Result<Page<TeamMember>, ApiError> {
    let query = QueryString::new()
        .with_text("search", &wanted.search)
        .with_text("ordering", &wanted.ordering)
        .with_text("role", &wanted.role)
        .with_text("department_id", &wanted.department_id)
        .with_text("active", &wanted.active);
    client.get(&query.on(PATH)).await
}

/// `GET /api/team/{id}`
pub async fn get(client: Client, id: UserId) -> Result<Tagged<TeamMember>, ApiError> {
    client.get_tagged(&member(id)).await
}

/// `PATCH /api/team/{id}`
pub async fn update(
    client: Client,
    id: UserId,
    etag: Option<&str>,
    patch: &UpdateMember,
) -> Result<Tagged<TeamMember>, ApiError> {
    client.update(&member(id), etag, patch).await
}

/// `POST /api/team/{id}/deactivate` or `…/reactivate`
pub async fn set_active(client: Client, id: UserId, active: bool) -> Result<TeamMember, ApiError> {
    let act = if active { "reactivate" } else { "deactivate" };
    client.post(&format!("{}/{act}", member(id)), &()).await
}

/// `DELETE /api/team/{id}`
pub async fn remove(client: Client, id: UserId) -> Result<(), ApiError> {
    client.delete(&member(id), None).await
}

/// `GET /api/team/invitations`: those that nobody has taken yet.
pub async fn invitations(client: Client) -> Result<Page<Invitation>, ApiError> {
    client.get(INVITATIONS).await
}

/// `POST /api/team/invitations`
pub async fn invite(client: Client, body: &CreateInvitation) -> Result<Invitation, ApiError> {
    Ok(client.create(INVITATIONS, body).await?.value)
}

/// `POST /api/team/invitations/{id}/resend`
pub async fn resend(client: Client, id: InvitationId) -> Result<Invitation, ApiError> {
    client.post(&format!("{INVITATIONS}/{id}/resend"), &()).await
}

/// `DELETE /api/team/invitations/{id}`
pub async fn revoke(client: Client, id: InvitationId) -> Result<(), ApiError> {
    client.delete(&format!("{INVITATIONS}/{id}"), None).await
}

/// `GET /api/roles`: built-in ones first, then the firm's own.
pub async fn roles(client: Client) -> Result<Page<TeamRole>, ApiError> {
    client.get(ROLES).await
}

/// `GET /api/roles/{key}`
pub async fn get_role(client: Client, key: RoleKey) -> Result<Tagged<TeamRole>, ApiError> {
    client.get_tagged(&role(key)).await
}

/// `POST /api/roles`
pub async fn create_role(client: Client, body: &CreateRole) -> Result<Tagged<TeamRole>, ApiError> {
    client.create(ROLES, body).await
}

/// `PATCH /api/roles/{id}`
pub async fn update_role(
    client: Client,
    key: RoleKey,
    etag: Option<&str>,
    patch: &UpdateRole,
) -> Result<Tagged<TeamRole>, ApiError> {
    client.update(&role(key), etag, patch).await
}

/// `DELETE /api/roles/{id}`; 409 `in_use` while anybody has it.
pub async fn delete_role(client: Client, key: RoleKey) -> Result<(), ApiError> {
    client.delete(&role(key), None).await
}

/// `GET /api/team/{id}/access`: what somebody may do with a record.
pub async fn access(
    client: Client,
    person: UserId,
    kind: RecordType,
    record: Uuid,
) -> Result<RecordAccess, ApiError> {
    let query = QueryString::new().with("record_type", kind.as_str()).with("record_id", record);
    client.get(&query.on(&format!("{}/access", member(person)))).await
}
