//! Documents, and what clients are asked for.

use super::record::Hit;
use crate::auth::TenantScope;
use crate::crm::client::Client;
use crate::crm::document_requests::entity as request;
use crate::crm::documents::{entity as document, store as documents};
use crate::crm::folders::entity as folder;
use crate::db::{Best, Searched, Shelf, Sought, Words, best, has_words, searched};
use crate::error::ApiError;
use sea_orm::{ColumnTrait as _, Condition, QueryFilter as _};
use std::collections::HashMap;
use uuid::Uuid;

/// Documents that the caller sees and that are not in the trash.
pub async fn documents(
    scope: &TenantScope,
    sought: Sought<'_>,
) -> Result<Best<document::Model>, ApiError> {
    let shelf = Shelf {
        table: "documents",
        visible: scope.select::<document::Entity>(),
        key: |row: &document::Model| (&row.sort_name, row.id),
        is_named: true,
        newest_first: true,
    };
    let seen: Condition = documents::visible(scope);
    let seen = seen.add(document::Column::TrashedAt.is_null());
    let searched =
        |words: &Words| searched(scope.db(), scope.tenant_id(), "documents", Some(words), None);
    best(scope.db(), sought, shelf, seen, searched).await
}

/// The folders of so many documents.
pub async fn folders(
    scope: &TenantScope,
    documents: &[document::Model],
) -> Result<HashMap<Uuid, folder::Model>, ApiError> {
    if documents.is_empty() {
        return Ok(HashMap::new());
    }
    let ids = documents.iter().map(|row| row.folder_id);
    let rows = scope.select::<folder::Entity>().filter(folder::Column::Id.is_in(ids));
    Ok(rows.all(scope.db()).await?.into_iter().map(|row| (row.id, row)).collect())
}

pub fn document(folders: &HashMap<Uuid, folder::Model>, row: document::Model) -> Hit {
    let lies_in = folders.get(&row.folder_id);
    Hit {
        id: row.id,
        title: row.name,
        detail: lies_in.map(|folder| folder.name.clone()),
        client: lies_in.map(folder::Model::client),
        ..Hit::default()
    }
}

/// Requests, by their titles.
pub async fn requests(
    scope: &TenantScope,
    sought: Sought<'_>,
) -> Result<Best<request::Model>, ApiError> {
    let shelf = Shelf {
        table: "document_requests",
        visible: scope.select::<request::Entity>(),
        key: |row: &request::Model| (&row.sort_name, row.id),
        is_named: true,
        newest_first: true,
    };
    let searched = |words: &Words| {
        let named = has_words("document_requests", "sort_name", words);
        Searched { rows: scope.select::<request::Entity>().filter(named), found: None }
    };
    best(scope.db(), sought, shelf, Condition::all(), searched).await
}

pub fn request(row: request::Model) -> Hit {
    let client: Client = row.client();
    Hit { id: row.id, title: row.title, client: Some(client), ..Hit::default() }
}
