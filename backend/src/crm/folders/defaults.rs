//! The folders that each client begins with.

use super::entity::{Column, Entity, Model};
use super::store::{self, of_client};
use super::tree::Tree;
use crate::auth::{Command, Scope, TenantScope, permissions::DocumentsAdd};
use crate::crm::client::Client;
use crate::db::{self, normalize};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use chrono::{DateTime, Utc};
use ebenezer_shared::crm::folder::{Folder, MakeDefaultFolders, default_names};
use ebenezer_shared::locale::Locale;
use ebenezer_shared::pagination::Page;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _,
};
use uuid::Uuid;

/// The folders that a new client of a firm gets.
pub fn rows(
    tenant: Uuid,
    client: Client,
    locale: Locale,
    by: Option<Uuid>,
    at: DateTime<Utc>,
) -> Vec<Model> {
    let (contact_id, corporation_id) = client.columns();
    let row = |(position, name): (i32, &str)| Model {
        id: Uuid::now_v7(),
        tenant_id: tenant,
        name: name.to_owned(),
        sort_name: normalize(name),
        parent_id: None,
        contact_id,
        corporation_id,
        department_id: None,
        is_default: true,
        position,
        version: 1,
        created_by: by,
        created_at: at,
        updated_at: at,
    };
    (0..).zip(default_names(locale)).map(row).collect()
}

fn locale(scope: &TenantScope) -> Locale {
    scope.place().tenant.settings().locale.unwrap_or_default()
}

async fn insert(command: &Command<'_>, rows: Vec<Model>) -> Result<(), ApiError> {
    let rows = rows.into_iter().map(|row| row.into_active_model().reset_all());
    Ok(db::insert::<Entity, _, _>(command.tx(), rows).await?)
}

/// Gives a new client its folders.
pub async fn give(command: &Command<'_>, client: Client) -> Result<(), ApiError> {
    let by = Some(command.user_id());
    insert(command, rows(command.tenant_id(), client, locale(command), by, command.now())).await
}

/// The folder for what arrives without one: the first at the top that every department sees.
/// A client that has none gets it.
pub async fn inbox(command: &Command<'_>, client: Client) -> Result<Model, ApiError> {
    client.lock(command).await?;
    let found = command
        .select::<Entity>()
        .filter(of_client(client))
        .filter(Column::ParentId.is_null())
        .filter(Column::DepartmentId.is_null())
        .order_by_asc(Column::Position)
        .order_by_asc(Column::SortName)
        .one(command.tx())
        .await?;
    if let Some(found) = found {
        return Ok(found);
    }
    let by = Some(command.user_id());
    let rows = rows(command.tenant_id(), client, locale(command), by, command.now());
    let first = rows.into_iter().next().ok_or_else(|| anyhow::anyhow!("no default folders"))?;
    insert(command, vec![first.clone()]).await?;
    Ok(first)
}

/// Gives a client those of the firm's default folders that it lacks: for clients that are
/// older than the folders. Answers all that the caller sees.
#[utoipa::path(post, path = "/api/folders/defaults", tag = "folders",
    request_body = MakeDefaultFolders,
    responses((status = 200, body = Page<Folder>)))]
pub async fn make_default_folders(
    scope: Scope<DocumentsAdd>,
    Json(body): Json<MakeDefaultFolders>,
) -> Result<Answer, ApiError> {
    let client = Client::named(body.contact_id, body.corporation_id)?;
    let client = client.ok_or_else(|| ApiError::invalid("contact_id", "one_client"))?;
    let command = scope.command().await?;
    client.lock(&command).await?;
    let tree = Tree::of(&command, client).await?;
    let by = Some(scope.user_id());
    let mut missing = rows(scope.tenant_id(), client, locale(&scope), by, scope.now());
    missing.retain(|row| tree.check_name(row).is_ok());
    insert(&command, missing).await?;
    let all = super::sight::visible(&scope).filter(of_client(client));
    let all = all.order_by_asc(Column::Position).order_by_asc(Column::SortName);
    let all = all.all(command.tx()).await?;
    let folders = store::views(&scope, command.tx(), all).await?;
    command.commit(Answer::ok(&Page::whole(folders))?).await
}
