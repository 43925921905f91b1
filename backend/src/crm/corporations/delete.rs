//! `DELETE /api/corporations/{id}`

use super::entity::{Column, Entity, Model};
use super::store;
use crate::audit::Audit;
use crate::auth::{Command, Scope, permissions::CorporationsDelete};
use crate::crm::belongings;
use crate::crm::client::Client;
use crate::crm::contacts::{entity as contact, link};
use crate::crm::documents::owned;
use crate::crm::merge::Corporations;
use crate::crm::related;
use crate::crm::tags::{self, CorporationTags};
use crate::error::{ApiError, Refusal};
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Path, Query};
use ebenezer_shared::crm::contact::ContactRef;
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::problem::{Problem, ProblemCode};
use ebenezer_shared::record::RecordType;
use sea_orm::sea_query::{Expr, ExprTrait as _, SelectStatement};
use sea_orm::{
    ColumnTrait as _, DbErr, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};
use serde::Deserialize;
use serde_json::json;
use std::collections::{BTreeSet, HashMap};
use utoipa::IntoParams;
use uuid::Uuid;

/// So many ids in one query.
const AT_ONCE: usize = 500;
/// How many people a refusal names.
const NAMED: u64 = 50;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DeleteQuery {
    /// The corporation that becomes the primary one of those whose primary this one was.
    reassign_primary_to: Option<CorporationId>,
}

/// Deletes a company. Further links to it go with it; where it is somebody's primary, the
/// caller names the next one, else 409 `corporation_is_primary` lists whose it is.
#[utoipa::path(delete, path = "/api/corporations/{id}", tag = "corporations",
    params(("id" = CorporationId, Path), ("If-Match" = Option<String>, Header), DeleteQuery),
    responses(
        (status = 204),
        (status = 404, body = Problem),
        (status = 409, description = "`corporation_is_primary`; `has_documents`; `in_use`, where `used` tells how many cases and other things", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
        (status = 422, description = "`validation_failed`: no such successor", body = Problem),
    ))]
pub async fn delete_corporation(
    scope: Scope<CorporationsDelete>,
    Path(id): Path<CorporationId>,
    if_match: IfMatch,
    Query(query): Query<DeleteQuery>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let row = store::find(&scope, command.tx(), id.into(), true).await?;
    if_match.check(row.version)?;
    let id = Uuid::from(id);
    let next = query.reassign_primary_to.map(Uuid::from);
    if let Some(next) = next {
        if next == id {
            return Err(ApiError::invalid("reassign_primary_to", "unknown_reference"));
        }
        store::check(&scope, command.tx(), "reassign_primary_to", [next]).await?;
    }
    if let Some(refusal) = remove(&command, row, next).await? {
        return Err(refusal.into());
    }
    command.commit(Answer::no_content()).await
}

/// Deletes a locked company and the links to it. Whose primary it was gets `next`; without
/// one nothing is deleted, and the refusal names them; so it is with documents.
pub async fn remove(
    command: &Command<'_>,
    row: Model,
    next: Option<Uuid>,
) -> Result<Option<Refusal>, ApiError> {
    let id = row.id;
    let client = Client::corporation(id);
    if let Some(refusal) = owned::refusal(command, client).await? {
        return Ok(Some(refusal));
    }
    if let Some(refusal) = belongings::refusal(command, client).await? {
        return Ok(Some(refusal));
    }
    let people = lock_people(command, id).await?;
    let before = store::load(command, command.tx(), row).await?;
    let links = links_of(command, &people).await?;
    if before.primary_contact_count > 0 {
        match next {
            None => return whose(command, id).await.map(Some),
            Some(next) => reassign(command, &people, id, next).await?,
        }
    }
    unlink_all(command, id).await?;
    related::forget::<Corporations>(command, id, &before.name).await?;
    tell(command, &people, &links, (id, next)).await?;
    owned::forget(command, client).await?;
    tags::link::clear::<CorporationTags>(command, id).await?;
    command.delete::<Entity>().filter(Column::Id.eq(id)).exec(command.tx()).await?;
    command.bury(RecordType::Corporation, id, None).await?;
    command.audit(Audit::deleted("corporation", id, &before)?).await?;
    Ok(None)
}

/// A person of the company, and their primary one.
type Person = (Uuid, Option<Uuid>);

/// The ids of the company's people.
fn linked(command: &Command<'_>, id: Uuid) -> SelectStatement {
    command
        .select::<link::Entity>()
        .filter(link::Column::CorporationId.eq(id))
        .select_only()
        .column(link::Column::ContactId)
        .into_query()
}

/// Locks the company's people, so that it becomes nobody's primary meanwhile.
async fn lock_people(command: &Command<'_>, id: Uuid) -> Result<Vec<Person>, DbErr> {
    command
        .select::<contact::Entity>()
        .filter(contact::Column::Id.in_subquery(linked(command, id)))
        .select_only()
        .column(contact::Column::Id)
        .column(contact::Column::PrimaryCorporationId)
        .order_by_asc(contact::Column::Id)
        .lock_exclusive()
        .into_tuple()
        .all(command.tx())
        .await
}

/// The companies of each person.
async fn links_of(
    command: &Command<'_>,
    people: &[Person],
) -> Result<HashMap<Uuid, BTreeSet<Uuid>>, DbErr> {
    let mut links = HashMap::<_, BTreeSet<_>>::new();
    for some in people.chunks(AT_ONCE) {
        let rows = command
            .select::<link::Entity>()
            .filter(link::Column::ContactId.is_in(some.iter().map(|(person, _)| *person)))
            .all(command.tx())
            .await?;
        for row in rows {
            links.entry(row.contact_id).or_default().insert(row.corporation_id);
        }
    }
    Ok(links)
}

/// Writes into each person's history what they lost, and what came in its place.
async fn tell(
    command: &Command<'_>,
    people: &[Person],
    links: &HashMap<Uuid, BTreeSet<Uuid>>,
    (gone, next): (Uuid, Option<Uuid>),
) -> Result<(), ApiError> {
    for (person, primary) in people {
        let before = links.get(person).cloned().unwrap_or_default();
        let mut after = before.clone();
        after.remove(&gone);
        let mut primary_after = *primary;
        if *primary == Some(gone) {
            after.extend(next);
            primary_after = next;
        }
        let entry = Audit::updated(
            "contact",
            *person,
            &json!({ "primary_corporation_id": primary, "corporation_ids": before }),
            &json!({ "primary_corporation_id": primary_after, "corporation_ids": after }),
        )?;
        command.audit(entry).await?;
    }
    Ok(())
}

async fn whose(command: &Command<'_>, id: Uuid) -> Result<Refusal, ApiError> {
    let people = command
        .select::<contact::Entity>()
        .filter(contact::Column::PrimaryCorporationId.eq(id))
        .order_by_asc(contact::Column::SortName)
        .limit(NAMED)
        .all(command.tx())
        .await?;
    let named = people.into_iter().map(|row| ContactRef {
        id: row.id.into(),
        first_name: row.first_name,
        last_name: row.last_name,
    });
    Ok(Refusal { contacts: named.collect(), ..Refusal::new(ProblemCode::CorporationIsPrimary) })
}

/// Gives everybody whose primary was `from` the primary `to`, linked where it was not.
async fn reassign(
    command: &Command<'_>,
    people: &[Person],
    from: Uuid,
    to: Uuid,
) -> Result<(), ApiError> {
    for (person, _) in people.iter().filter(|(_, primary)| *primary == Some(from)) {
        link::add(command, *person, [to]).await?;
    }
    command
        .update::<contact::Entity>()
        .filter(contact::Column::PrimaryCorporationId.eq(from))
        .col_expr(contact::Column::PrimaryCorporationId, Expr::value(to))
        .exec(command.tx())
        .await?;
    Ok(())
}

/// Removes the links, and marks those whose list of corporations became shorter.
async fn unlink_all(command: &Command<'_>, id: Uuid) -> Result<(), ApiError> {
    command
        .update::<contact::Entity>()
        .filter(contact::Column::Id.in_subquery(linked(command, id)))
        .col_expr(contact::Column::Version, Expr::col(contact::Column::Version).add(1i32))
        .col_expr(contact::Column::UpdatedAt, Expr::value(command.now()))
        .exec(command.tx())
        .await?;
    command
        .delete::<link::Entity>()
        .filter(link::Column::CorporationId.eq(id))
        .exec(command.tx())
        .await?;
    Ok(())
}
