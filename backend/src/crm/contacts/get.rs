//! `GET /api/contacts/{id}`

use super::store;
use crate::auth::{Scope, permissions::ContactsView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use ebenezer_shared::crm::contact::Contact;
use ebenezer_shared::ids::ContactId;
use ebenezer_shared::problem::Problem;

/// One person.
#[utoipa::path(get, path = "/api/contacts/{id}", tag = "contacts",
    params(("id" = ContactId, Path)),
    responses((status = 200, body = Contact), (status = 404, body = Problem)))]
pub async fn get_contact(
    scope: Scope<ContactsView>,
    Path(id): Path<ContactId>,
) -> Result<Answer, ApiError> {
    let row = store::find(&scope, scope.db(), id.into(), false).await?;
    let version = row.version;
    Ok(Answer::ok(&store::load(&scope, scope.db(), row).await?)?.etag(version))
}
