//! `DELETE /api/contacts/{id}`

use super::entity::{Column, Entity, Model};
use super::{references, store};
use crate::audit::Audit;
use crate::auth::{Command, Scope, permissions::ContactsDelete};
use crate::crm::belongings;
use crate::crm::client::Client;
use crate::crm::documents::owned;
use crate::crm::tags::{self, ContactTags};
use crate::error::{ApiError, Refusal};
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Path};
use ebenezer_shared::ids::ContactId;
use ebenezer_shared::problem::Problem;
use ebenezer_shared::record::RecordType;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, QueryFilter as _};
use uuid::Uuid;

/// Deletes a person and their links to companies. Who has documents stays: 409
/// `has_documents` lists them.
#[utoipa::path(delete, path = "/api/contacts/{id}", tag = "contacts",
    params(("id" = ContactId, Path), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 204),
        (status = 404, body = Problem),
        (status = 409, description = "`has_documents`; `in_use`, where `used` tells how many cases and other things", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn delete_contact(
    scope: Scope<ContactsDelete>,
    Path(id): Path<ContactId>,
    if_match: IfMatch,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let row = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(row.version)?;
    if let Some(refusal) = remove(&command, row).await? {
        return Err(refusal.into());
    }
    command.commit(Answer::no_content()).await
}

/// Deletes a locked person with all that is theirs, and says so beside it. Of one who has
/// documents or cases nothing is deleted, and the refusal says what there is.
pub async fn remove(command: &Command<'_>, row: Model) -> Result<Option<Refusal>, ApiError> {
    let id = row.id;
    let client = Client::contact(id);
    if let Some(refusal) = owned::refusal(command, client).await? {
        return Ok(Some(refusal));
    }
    if let Some(refusal) = belongings::refusal(command, client).await? {
        return Ok(Some(refusal));
    }
    let before = store::load(command, command.tx(), row).await?;
    let none: Option<Uuid> = None;
    command
        .update::<Entity>()
        .filter(Column::Id.eq(id))
        .col_expr(Column::PrimaryCorporationId, Expr::value(none))
        .exec(command.tx())
        .await?;
    tags::link::clear::<ContactTags>(command, id).await?;
    references::forget(command, &before).await?;
    owned::forget(command, client).await?;
    command.delete::<Entity>().filter(Column::Id.eq(id)).exec(command.tx()).await?;
    command.bury(RecordType::Contact, id, None).await?;
    command.audit(Audit::deleted("contact", id, &before)?).await?;
    Ok(None)
}
