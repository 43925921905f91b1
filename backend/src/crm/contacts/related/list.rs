//! `GET /api/contacts/{id}/related`

use super::store;
use crate::auth::{Scope, permissions::ContactsView};
use crate::crm::merge::Contacts;
use crate::crm::related;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Path;
use ebenezer_shared::crm::relation::RelatedContact;
use ebenezer_shared::ids::ContactId;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::problem::Problem;

/// The people related to a person: those that still are first, by name.
#[utoipa::path(get, path = "/api/contacts/{id}/related", tag = "contacts",
    params(("id" = ContactId, Path)),
    responses((status = 200, body = Page<RelatedContact>), (status = 404, body = Problem)))]
pub async fn list_related_contacts(
    scope: Scope<ContactsView>,
    Path(id): Path<ContactId>,
) -> Result<Answer, ApiError> {
    store::find(&scope, scope.db(), id.into(), false).await?;
    Answer::ok(&Page::whole(related::load::<Contacts>(&scope, scope.db(), id.into()).await?))
}
