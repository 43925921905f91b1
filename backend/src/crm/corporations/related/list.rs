//! `GET /api/corporations/{id}/related`

use super::store;
use crate::auth::{Scope, permissions::CorporationsView};
use crate::crm::merge::Corporations;
use crate::crm::related;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use ebenezer_shared::crm::relation::RelatedCorporation;
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::problem::Problem;

/// The companies related to a company: those that still are first, by name.
#[utoipa::path(get, path = "/api/corporations/{id}/related", tag = "corporations",
    params(("id" = CorporationId, Path)),
    responses((status = 200, body = Page<RelatedCorporation>), (status = 404, body = Problem)))]
pub async fn list_related_corporations(
    scope: Scope<CorporationsView>,
    Path(id): Path<CorporationId>,
) -> Result<Answer, ApiError> {
    store::find(&scope, scope.db(), id.into(), false).await?;
    Answer::ok(&Page::whole(related::load::<Corporations>(&scope, scope.db(), id.into()).await?))
}
