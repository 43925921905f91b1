//! `GET /api/contacts/{id}/timeline`

use super::store;
use crate::auth::{Scope, permissions::ContactsView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Path, Query};
use crate::timeline::{self, TimelineQuery};
use ebenezer_shared::ids::ContactId;
use ebenezer_shared::pagination::Page;
use ebenezer_shared::problem::Problem;
use ebenezer_shared::record::RecordType;
use ebenezer_shared::timeline::TimelineEntry;

/// What happened to a person, the newest first, in the caller's language.
#[utoipa::path(get, path = "/api/contacts/{id}/timeline", tag = "contacts",
    params(("id" = ContactId, Path), TimelineQuery),
    responses((status = 200, body = Page<TimelineEntry>), (status = 404, body = Problem)))]
pub async fn get_contact_timeline(
    scope: Scope<ContactsView>,
    Path(id): Path<ContactId>,
    Query(query): Query<TimelineQuery>,
) -> Result<Answer, ApiError> {
    store::find(&scope, scope.db(), id.into(), false).await?;
    Answer::ok(&timeline::of(&scope, RecordType::Contact, id.into(), query).await?)
}
