//! `DELETE /api/contacts/{id}`

use super::entity::{Column, Entity, Model};
use super::{references, store};
use crate::audit::Audit;
use crate::auth::{Command, Scope, permissions::ContactsDelete};
use crate::crm::belongings;
use crate::crm::tags::{self, ContactTags};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Path};
use ebenezer_shared::deletion::RecordType;
use ebenezer_shared::ids::ContactId;
use ebenezer_shared::problem::Problem;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, QueryFilter as _};
use uuid::Uuid;

/// Deletes a person and their links to companies.
#[utoipa::path(delete, path = "/api/contacts/{id}", tag = "contacts",
    params(("id" = ContactId, Path), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 204),
        (status = 404, body = Problem),
        (status = 409, description = "`in_use`; `used` tells how many cases and other things", body = Problem),
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
    remove(&command, row).await?;
    command.commit(Answer::no_content()).await
}

/// Deletes a locked person with all that is theirs, and says so beside it. What others work
/// with, such as cases, keeps the person: 409 `in_use`.
pub async fn remove(command: &Command<'_>, row: Model) -> Result<(), ApiError> {
    let id = row.id;
    belongings::refuse(command, RecordType::Contact, id).await?;
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
    command.delete::<Entity>().filter(Column::Id.eq(id)).exec(command.tx()).await?;
    command.bury(RecordType::Contact, id, None).await?;
    command.audit(Audit::deleted("contact", id, &before)?).await
}
