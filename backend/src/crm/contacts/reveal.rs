//! `POST /api/contacts/{id}/reveal`

use super::store;
use crate::audit::Audit;
use crate::auth::{Scope, permissions::PiiReveal};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Json, Path};
use ebenezer_shared::crm::contact::ContactSecret;
use ebenezer_shared::crm::reveal::{RevealContact, Revealed};
use ebenezer_shared::ids::ContactId;
use ebenezer_shared::permission::{Action, Module, Permission};
use ebenezer_shared::problem::Problem;

/// Shows one masked field whole, and writes down who asked and what for.
#[utoipa::path(post, path = "/api/contacts/{id}/reveal", tag = "contacts",
    params(("id" = ContactId, Path)), request_body = RevealContact,
    responses((status = 200, body = Revealed), (status = 404, body = Problem)))]
pub async fn reveal_contact(
    scope: Scope<PiiReveal>,
    Path(id): Path<ContactId>,
    Json(body): Json<RevealContact>,
) -> Result<Answer, ApiError> {
    let sight = Permission::Module(Module::Contacts, Action::View);
    if !scope.may(sight) {
        return Err(ApiError::missing(&sight));
    }
    let command = scope.command_unremembered().await?;
    let row = store::find(&scope, command.tx(), id.into(), false).await?;
    let sealer = &scope.state.sealer;
    let value = match body.field {
        ContactSecret::Ssn => {
            sealer.open_option(row.ssn_sealed.as_ref())?.map(|digits| dashed(&digits))
        }
        ContactSecret::DateOfBirth => sealer.open_option(row.date_of_birth_sealed.as_ref())?,
    };
    command.audit(Audit::revealed("contact", id, body.field.as_str(), &body.reason)).await?;
    let answer = Answer::ok(&Revealed { value })?;
    command.commit(answer).await
}

/// `123-45-6789`
fn dashed(digits: &str) -> String {
    match (digits.get(..3), digits.get(3..5), digits.get(5..)) {
        (Some(area), Some(group), Some(serial)) => format!("{area}-{group}-{serial}"),
        _ => digits.to_owned(),
    }
}
