//! `PATCH` and `DELETE /api/contacts/{id}/related/{contact_id}`

use super::entity::{Column, Entity, Model};
use super::{between, reference, remove, store, tell, view};
use crate::auth::{Command, Scope, permissions::ContactsChange};
use crate::crm::contacts::entity as contact;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Json, PathPair};
use ebenezer_shared::crm::period::Period;
use ebenezer_shared::crm::relation::{RelatedContact, UpdateRelatedContact};
use ebenezer_shared::ids::ContactId;
use ebenezer_shared::problem::{Problem, ProblemCode};
use sea_orm::QuerySelect as _;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, IntoActiveModel as _, QueryFilter as _};
use uuid::Uuid;

/// Changes what another person is to this one.
#[utoipa::path(patch, path = "/api/contacts/{id}/related/{contact_id}", tag = "contacts",
    params(("id" = ContactId, Path), ("contact_id" = ContactId, Path)),
    request_body = UpdateRelatedContact,
    responses((status = 200, body = RelatedContact), (status = 404, body = Problem)))]
pub async fn update_related_contact(
    scope: Scope<ContactsChange>,
    PathPair(id, other): PathPair<ContactId, ContactId>,
    Json(body): Json<UpdateRelatedContact>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let (before, me, other) = find(&command, id.into(), other.into()).await?;
    let mut row = before.clone();
    if let Some(kind) = body.kind {
        row.set_kind_for(me.id, kind);
    }
    if let Some(from) = body.from.change() {
        row.starts_on = from;
    }
    if let Some(to) = body.to.change() {
        row.ends_on = to;
    }
    if let Some(note) = body.note.change() {
        row.note = note;
    }
    if !(Period { from: row.starts_on, to: row.ends_on }).is_possible() {
        return Err(ApiError::invalid("to", "before_start"));
    }
    if row != before {
        command
            .update::<Entity>()
            .filter(Column::LowId.eq(row.low_id))
            .filter(Column::HighId.eq(row.high_id))
            .set(row.clone().into_active_model().reset_all())
            .exec(command.tx())
            .await?;
        let people = (&reference(&me), &reference(&other));
        tell(&command, people, Some(&before), Some(&row)).await?;
    }
    let answer = Answer::ok(&view(&row, me.id, &other))?;
    command.commit(answer).await
}

/// The two are not related any more, as if they never were. What ended has a last day
/// instead.
#[utoipa::path(delete, path = "/api/contacts/{id}/related/{contact_id}", tag = "contacts",
    params(("id" = ContactId, Path), ("contact_id" = ContactId, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn delete_related_contact(
    scope: Scope<ContactsChange>,
    PathPair(id, other): PathPair<ContactId, ContactId>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let (row, me, other) = find(&command, id.into(), other.into()).await?;
    remove(&command, &row).await?;
    tell(&command, (&reference(&me), &reference(&other)), Some(&row), None).await?;
    command.commit(Answer::no_content()).await
}

/// The relation, locked, and both people.
async fn find(
    command: &Command<'_>,
    id: Uuid,
    other: Uuid,
) -> Result<(Model, contact::Model, contact::Model), ApiError> {
    let row = between(command, id, other).lock_exclusive().one(command.tx()).await?;
    let row = row.ok_or(ApiError::from(ProblemCode::NotFound))?;
    let me = store::find(command, command.tx(), id, false).await?;
    let other = store::find(command, command.tx(), other, false).await?;
    Ok((row, me, other))
}
