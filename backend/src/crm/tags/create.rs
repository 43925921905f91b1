//! `POST /api/tags`

use super::{entity, store};
use crate::audit::Audit;
use crate::auth::{Scope, permissions::ContactsChange};
use crate::db::{self, normalize};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use ebenezer_shared::crm::tag::{CreateTag, Tag};
use ebenezer_shared::problem::Problem;
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use uuid::Uuid;

/// Adds a tag.
#[utoipa::path(post, path = "/api/tags", tag = "tags", request_body = CreateTag,
    responses(
        (status = 201, body = Tag),
        (status = 409, description = "`duplicate` names the field", body = Problem),
    ))]
pub async fn create_tag(
    scope: Scope<ContactsChange>,
    Json(body): Json<CreateTag>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let now = scope.now();
    let row = entity::Model {
        id: Uuid::now_v7(),
        tenant_id: scope.tenant_id(),
        name_key: normalize(&body.name),
        name: body.name,
        color: body.color.unwrap_or_default().as_str().to_owned(),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    db::insert(command.tx(), [row.clone().into_active_model().reset_all()])
        .await
        .map_err(store::taken)?;
    let tag = store::load(&scope, command.tx(), row).await?;
    command.audit(Audit::created("tag", tag.id, &tag)?).await?;
    let location = format!("/api/tags/{}", tag.id);
    let answer = Answer::created(location, &tag)?.etag(1);
    command.commit(answer).await
}
