//! `POST /api/corporations/{id}/related`

use super::entity::Model;
use crate::auth::{Scope, permissions::CorporationsChange};
use crate::crm::merge::Corporations;
use crate::crm::related;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Json, Path};
use ebenezer_shared::crm::relation::{CreateRelatedCorporation, RelatedCorporation};
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::problem::Problem;
use uuid::Uuid;

/// Says what another company is to this one. The other one shows the inverse.
#[utoipa::path(post, path = "/api/corporations/{id}/related", tag = "corporations",
    params(("id" = CorporationId, Path)), request_body = CreateRelatedCorporation,
    responses(
        (status = 201, body = RelatedCorporation),
        (status = 404, body = Problem),
        (status = 409, description = "`duplicate`: the two are related already; `ownership_ring`",
            body = Problem),
    ))]
pub async fn create_related_corporation(
    scope: Scope<CorporationsChange>,
    Path(id): Path<CorporationId>,
    Json(body): Json<CreateRelatedCorporation>,
) -> Result<Answer, ApiError> {
    let (me, other) = (Uuid::from(id), Uuid::from(body.corporation_id));
    let mut row = Model {
        tenant_id: scope.tenant_id(),
        low_id: me.min(other),
        high_id: me.max(other),
        kind: String::new(),
        share: body.share.map(i32::from),
        starts_on: body.from,
        ends_on: body.to,
        created_at: scope.now(),
    };
    row.set_kind_for(me, body.kind);
    let location = format!("/api/corporations/{id}/related/{other}");
    related::create::<Corporations>(&scope, (me, other), row, location).await
}
