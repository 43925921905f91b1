//! `PATCH /api/tags/{id}`

use super::entity::Entity;
use super::store;
use crate::audit::Audit;
use crate::auth::{Scope, permissions::ContactsChange};
use crate::db::normalize;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Json, Path};
use ebenezer_shared::crm::tag::{Tag, UpdateTag};
use ebenezer_shared::ids::TagId;
use ebenezer_shared::patch::Patch;
use ebenezer_shared::problem::Problem;
use sea_orm::IntoActiveModel as _;

/// Renames a tag or gives it another colour, wherever it stands.
#[utoipa::path(patch, path = "/api/tags/{id}", tag = "tags",
    params(("id" = TagId, Path), ("If-Match" = Option<String>, Header)),
    request_body = UpdateTag,
    responses(
        (status = 200, body = Tag),
        (status = 404, body = Problem),
        (status = 409, description = "`duplicate` names the field", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn update_tag(
    scope: Scope<ContactsChange>,
    Path(id): Path<TagId>,
    if_match: IfMatch,
    Json(body): Json<UpdateTag>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let known = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(known.version)?;
    let before = store::load(&scope, command.tx(), known.clone()).await?;
    let mut row = known.clone();
    if let Patch::Value(name) = body.name {
        row.name_key = normalize(&name);
        row.name = name;
    }
    if let Some(color) = body.color {
        color.as_str().clone_into(&mut row.color);
    }
    if row == known {
        return command.commit(Answer::ok(&before)?.etag(row.version)).await;
    }
    row.version += 1;
    row.updated_at = scope.now();
    command.save::<Entity>(row.id, row.clone().into_active_model()).await.map_err(store::taken)?;
    let version = row.version;
    let after = store::load(&scope, command.tx(), row).await?;
    command.audit(Audit::updated("tag", id, &before, &after)?).await?;
    let answer = Answer::ok(&after)?.etag(version);
    command.commit(answer).await
}
