//! `POST /api/folders`

use super::entity::Model;
use super::sight::Sight;
use super::store;
use super::tree::Tree;
use crate::audit::Audit;
use crate::auth::{Command, Scope, permissions::DocumentsAdd};
use crate::crm::client::Client;
use crate::crm::departments;
use crate::db::{self, normalize};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use ebenezer_shared::crm::folder::{CreateFolder, Folder};
use ebenezer_shared::problem::Problem;
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use uuid::Uuid;

/// Adds a folder to a client, at the top or in another folder.
#[utoipa::path(post, path = "/api/folders", tag = "folders", request_body = CreateFolder,
    responses(
        (status = 201, body = Folder),
        (status = 409, description = "`duplicate`: a sibling has the name", body = Problem),
    ))]
pub async fn create_folder(
    scope: Scope<DocumentsAdd>,
    Json(body): Json<CreateFolder>,
) -> Result<Answer, ApiError> {
    let named = Client::named(body.contact_id, body.corporation_id)?;
    let command = scope.command().await?;
    let (client, department) = place(&command, &body, named).await?;
    client.lock(&command).await?;
    let tree = Tree::of(&command, client).await?;
    let parent = body.parent_id.map(Uuid::from);
    if let Some(parent) = parent {
        // It may have gone while the client was waited for.
        tree.get(parent).ok_or_else(|| ApiError::invalid("parent_id", "unknown_reference"))?;
        tree.check_parent(None, parent)?;
    }
    let (contact_id, corporation_id) = client.columns();
    let now = scope.now();
    let row = Model {
        id: Uuid::now_v7(),
        tenant_id: scope.tenant_id(),
        sort_name: normalize(&body.name),
        name: body.name,
        parent_id: parent,
        contact_id,
        corporation_id,
        department_id: department,
        is_default: false,
        position: body.order.unwrap_or_else(|| tree.last_place(parent)),
        version: 1,
        created_by: Some(scope.user_id()),
        created_at: now,
        updated_at: now,
    };
    tree.check_name(&row)?;
    db::insert(command.tx(), [row.clone().into_active_model().reset_all()]).await?;
    let folder = store::load(&scope, command.tx(), row).await?;
    command.audit(Audit::created("folder", folder.id, &folder)?).await?;
    let location = format!("/api/folders/{}", folder.id);
    let answer = Answer::created(location, &folder)?.etag(1);
    command.commit(answer).await
}

/// Whose folder it will be, and of which department.
async fn place(
    command: &Command<'_>,
    body: &CreateFolder,
    named: Option<Client>,
) -> Result<(Client, Option<Uuid>), ApiError> {
    let department = body.department_id.map(Uuid::from);
    if let Some(parent) = body.parent_id {
        let parent = store::named(command, command.tx(), "parent_id", parent.into(), false).await?;
        if named.is_some_and(|client| client != parent.client()) {
            return Err(ApiError::invalid("parent_id", "other_client"));
        }
        if department.is_some() && department != parent.department_id {
            return Err(ApiError::invalid("department_id", "parents_department"));
        }
        return Ok((parent.client(), parent.department_id));
    }
    let client = named.ok_or_else(|| ApiError::invalid("contact_id", "one_client"))?;
    if let Some(department) = department {
        departments::store::check(command, command.tx(), department).await?;
    }
    Sight::of(command).check(department)?;
    Ok((client, department))
}
