//! `PATCH` and `DELETE /api/corporations/{id}/related/{corporation_id}`

use super::entity::{Column, Entity, Model};
use super::{between, reference, remove, ring, store, tell, view};
use crate::auth::{Command, Scope, permissions::CorporationsChange};
use crate::crm::corporations::entity as corporation;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Json, PathPair};
use ebenezer_shared::crm::relation::{RelatedCorporation, UpdateRelatedCorporation};
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::problem::{Problem, ProblemCode};
use sea_orm::QuerySelect as _;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, IntoActiveModel as _, QueryFilter as _};
use uuid::Uuid;

/// Changes what another company is to this one.
#[utoipa::path(patch, path = "/api/corporations/{id}/related/{corporation_id}",
    tag = "corporations",
    params(("id" = CorporationId, Path), ("corporation_id" = CorporationId, Path)),
    request_body = UpdateRelatedCorporation,
    responses(
        (status = 200, body = RelatedCorporation),
        (status = 404, body = Problem),
        (status = 409, description = "`ownership_ring`", body = Problem),
    ))]
pub async fn update_related_corporation(
    scope: Scope<CorporationsChange>,
    PathPair(id, other): PathPair<CorporationId, CorporationId>,
    Json(body): Json<UpdateRelatedCorporation>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let (before, me, other) = find(&command, id.into(), other.into()).await?;
    let mut row = before.clone();
    if let Some(kind) = body.kind {
        row.set_kind_for(me.id, kind);
    }
    if let Some(share) = body.share.change() {
        row.share = share.map(i32::from);
    }
    if let Some(from) = body.from.change() {
        row.starts_on = from;
    }
    if let Some(to) = body.to.change() {
        row.ends_on = to;
    }
    row.check()?;
    if row != before {
        ring::check(&command, &row).await?;
        command
            .update::<Entity>()
            .filter(Column::LowId.eq(row.low_id))
            .filter(Column::HighId.eq(row.high_id))
            .set(row.clone().into_active_model().reset_all())
            .exec(command.tx())
            .await?;
        let companies = (&reference(&me), &reference(&other));
        tell(&command, companies, Some(&before), Some(&row)).await?;
    }
    let answer = Answer::ok(&view(&row, me.id, &other))?;
    command.commit(answer).await
}

/// The two are not related any more, as if they never were. What ended has a last day
/// instead.
#[utoipa::path(delete, path = "/api/corporations/{id}/related/{corporation_id}",
    tag = "corporations",
    params(("id" = CorporationId, Path), ("corporation_id" = CorporationId, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn delete_related_corporation(
    scope: Scope<CorporationsChange>,
    PathPair(id, other): PathPair<CorporationId, CorporationId>,
) -> Result<Answer, ApiError> {
    let command = scope.command().await?;
    let (row, me, other) = find(&command, id.into(), other.into()).await?;
    remove(&command, &row).await?;
    tell(&command, (&reference(&me), &reference(&other)), Some(&row), None).await?;
    command.commit(Answer::no_content()).await
}

/// The relation and both companies, locked in the order of their ids.
async fn find(
    command: &Command<'_>,
    id: Uuid,
    other: Uuid,
) -> Result<(Model, corporation::Model, corporation::Model), ApiError> {
    let (low, high) = (id.min(other), id.max(other));
    let low = store::find(command, command.tx(), low, true).await?;
    let high = store::find(command, command.tx(), high, true).await?;
    let row = between(command, id, other).lock_exclusive().one(command.tx()).await?;
    let row = row.ok_or(ApiError::from(ProblemCode::NotFound))?;
    Ok(if low.id == id { (row, low, high) } else { (row, high, low) })
}
