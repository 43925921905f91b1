//! Saved views of lists, and how the person wants them.

use super::client::{Client, Tagged};
use super::error::ApiError;
use super::query_string::QueryString;
use ebenezer_shared::crm::view::{
    CreateView, ListName, ListPreference, SavedView, UpdateListPreference, UpdateView,
};
use ebenezer_shared::ids::ViewId;
use ebenezer_shared::pagination::Page;

const PATH: &str = "/api/views";
const PREFERENCES: &str = "/api/list-preferences";

fn path(id: ViewId) -> String {
    format!("{PATH}/{id}")
}

fn of(list: ListName) -> QueryString {
    QueryString::new().with("resource", list.as_str())
}

/// `GET /api/views`: one's own of that list and the shared ones, by name.
pub async fn list(client: Client, list: ListName) -> Result<Page<SavedView>, ApiError> {
    client.get(&of(list).on(PATH)).await
}

/// `POST /api/views`; 409 `duplicate` names the field `name`.
pub async fn create(client: Client, view: &CreateView) -> Result<Tagged<SavedView>, ApiError> {
    client.create(PATH, view).await
}

/// `PATCH /api/views/{id}`
pub async fn update(
    client: Client,
    id: ViewId,
    patch: &UpdateView,
) -> Result<Tagged<SavedView>, ApiError> {
    client.update(&path(id), None, patch).await
}

/// `DELETE /api/views/{id}`
pub async fn delete(client: Client, id: ViewId) -> Result<(), ApiError> {
    client.delete(&path(id), None).await
}

/// `GET /api/list-preferences`
pub async fn preference(client: Client, list: ListName) -> Result<ListPreference, ApiError> {
    client.get(&of(list).on(PREFERENCES)).await
}

/// `PATCH /api/list-preferences`
pub async fn prefer(
    client: Client,
    patch: &UpdateListPreference,
) -> Result<Tagged<ListPreference>, ApiError> {
    client.update(PREFERENCES, None, patch).await
}
