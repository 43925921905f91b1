//! `DELETE /api/tags/{id}`

use super::entity::{Column, Entity};
use super::link::Tagging;
use super::{ContactTags, CorporationTags, store};
use crate::audit::Audit;
use crate::auth::{Command, Scope, permissions::ContactsChange};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Path};
use ebenezer_shared::ids::TagId;
use ebenezer_shared::problem::Problem;
use ebenezer_shared::record::RecordType;
use sea_orm::{ColumnTrait as _, DbErr, QueryFilter as _};
use uuid::Uuid;

/// Deletes a tag and takes it off everything that carries it. What carried it keeps its
/// version: only the tag is gone, as its audit entry says with how many it was on.
#[utoipa::path(delete, path = "/api/tags/{id}", tag = "tags",
    params(("id" = TagId, Path), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 204),
        (status = 404, body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn delete_tag(
    scope: Scope<ContactsChange>,
    Path(id): Path<TagId>,
    if_match: IfMatch,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let id = Uuid::from(id);
    let row = store::find(&scope, command.tx(), id, true).await?;
    if_match.check(row.version)?;
    let before = store::load(&scope, command.tx(), row).await?;
    take_off::<ContactTags>(&command, id).await?;
    take_off::<CorporationTags>(&command, id).await?;
    command.delete::<Entity>().filter(Column::Id.eq(id)).exec(command.tx()).await?;
    command.bury(RecordType::Tag, id, None).await?;
    command.audit(Audit::deleted("tag", id, &before)?).await?;
    command.commit(Answer::no_content()).await
}

async fn take_off<L: Tagging>(command: &Command<'_>, id: Uuid) -> Result<(), DbErr> {
    command.delete::<L>().filter(L::tag().eq(id)).exec(command.tx()).await?;
    Ok(())
}
