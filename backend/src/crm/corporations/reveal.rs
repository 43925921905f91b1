//! `POST /api/corporations/{id}/reveal`

use super::store;
use crate::audit::Audit;
use crate::auth::{Scope, permissions::PiiReveal};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Json, Path};
use ebenezer_shared::crm::reveal::{RevealCorporation, Revealed};
use ebenezer_shared::ids::CorporationId;
use ebenezer_shared::permission::{Action, Module, Permission};
use ebenezer_shared::problem::Problem;

/// Shows one masked field whole, and writes down who asked and what for.
#[utoipa::path(post, path = "/api/corporations/{id}/reveal", tag = "corporations",
    params(("id" = CorporationId, Path)), request_body = RevealCorporation,
    responses((status = 200, body = Revealed), (status = 404, body = Problem)))]
pub async fn reveal_corporation(
    scope: Scope<PiiReveal>,
    Path(id): Path<CorporationId>,
    Json(body): Json<RevealCorporation>,
) -> Result<Answer, ApiError> {
    let sight = Permission::Module(Module::Corporations, Action::View);
    if !scope.may(sight) {
        return Err(ApiError::missing(&sight));
    }
    let command = scope.command_unremembered().await?;
    let row = store::find(&scope, command.tx(), id.into(), false).await?;
    let digits = scope.state.sealer.open_option(row.ein_sealed.as_ref())?;
    let value = digits.map(|digits| match digits.split_at_checked(2) {
        Some((prefix, rest)) => format!("{prefix}-{rest}"),
        None => digits,
    });
    command.audit(Audit::revealed("corporation", id, body.field.as_str(), &body.reason)).await?;
    let answer = Answer::ok(&Revealed { value })?;
    command.commit(answer).await
}
