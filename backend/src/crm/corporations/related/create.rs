//! `POST /api/corporations/{id}/related`

use super::entity::Model;
use super::{between, reference, ring, store, tell, view};
use crate::auth::{Scope, permissions::CorporationsChange};
use crate::crm::pair;
use crate::db;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Json, Path};
use ebenezer_shared::crm::relation::{CreateRelatedCorporation, RelatedCorporation};
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::problem::{Problem, ProblemCode};
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
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
    let command = scope.command().await?;
    let find = async |id: Uuid, lock: bool| store::find(&command, command.tx(), id, lock).await;
    let (me, other) =
        pair::both(id.into(), body.corporation_id.into(), "corporation_id", find).await?;
    let mut row = Model {
        tenant_id: scope.tenant_id(),
        low_id: me.id.min(other.id),
        high_id: me.id.max(other.id),
        kind: String::new(),
        share: body.share.map(i32::from),
        starts_on: body.from,
        ends_on: body.to,
        created_at: scope.now(),
    };
    row.set_kind_for(me.id, body.kind);
    row.check()?;
    if between(&command, me.id, other.id).one(command.tx()).await?.is_some() {
        return Err(ApiError::field(ProblemCode::Duplicate, "corporation_id", "already_related"));
    }
    ring::check(&command, &row).await?;
    db::insert(command.tx(), [row.clone().into_active_model().reset_all()]).await?;
    tell(&command, (&reference(&me), &reference(&other)), None, Some(&row)).await?;
    let location = format!("/api/corporations/{id}/related/{}", other.id);
    let answer = Answer::created(location, &view(&row, me.id, &other))?;
    command.commit(answer).await
}
