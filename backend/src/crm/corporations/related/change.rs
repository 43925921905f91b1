//! `PATCH` and `DELETE /api/corporations/{id}/related/{corporation_id}`

use super::entity::Model;
use crate::auth::{Scope, permissions::CorporationsChange};
use crate::crm::merge::Corporations;
use crate::crm::related;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Json, PathPair};
use ebenezer_shared::crm::relation::{RelatedCorporation, UpdateRelatedCorporation};
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::problem::Problem;
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
    let me = Uuid::from(id);
    let change = |row: &mut Model| {
        if let Some(kind) = body.kind {
            row.set_kind_for(me, kind);
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
    };
    related::update::<Corporations>(&scope, (me, other.into()), change).await
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
    related::delete::<Corporations>(&scope, (id.into(), other.into())).await
}
