//! `PATCH` and `DELETE /api/contacts/{id}/related/{contact_id}`

use super::entity::Model;
use crate::auth::{Scope, permissions::ContactsChange};
use crate::crm::merge::Contacts;
use crate::crm::related;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Json, PathPair};
use ebenezer_shared::crm::relation::{RelatedContact, UpdateRelatedContact};
use ebenezer_shared::ids::ContactId;
use ebenezer_shared::problem::Problem;
use uuid::Uuid;

/// Changes what another person is to this one.
#[utoipa::path(patch, path = "/api/contacts/{id}/related/{contact_id}", tag = "contacts",
    params(("id" = ContactId, Path), ("contact_id" = ContactId, Path)),
    request_body = UpdateRelatedContact,
    responses((status = 200, body = RelatedContact), (status = 404, body = Problem)))]
pub async fn update_related_contact(
    scope: Scope<ContactsChange>,
    PathPair(id, other): PathPair<ContactId, ContactId>,
    Json(body): Json<UpdateRelatedContact>,
) -> Result<Answer, ApiError> {
    let me = Uuid::from(id);
    let change = |row: &mut Model| {
        if let Some(kind) = body.kind {
            row.set_kind_for(me, kind);
        }
        if let Some(from) = body.from.change() {
            row.starts_on = from;
        }
        if let Some(to) = body.to.change() {
            row.ends_on = to;
        }
        if let Some(note) = body.note.change() {
            row.note = note;
        }
    };
    related::update::<Contacts>(&scope, (me, other.into()), change).await
}

/// The two are not related any more, as if they never were. What ended has a last day
/// instead.
#[utoipa::path(delete, path = "/api/contacts/{id}/related/{contact_id}", tag = "contacts",
    params(("id" = ContactId, Path), ("contact_id" = ContactId, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn delete_related_contact(
    scope: Scope<ContactsChange>,
    PathPair(id, other): PathPair<ContactId, ContactId>,
) -> Result<Answer, ApiError> {
    related::delete::<Contacts>(&scope, (id.into(), other.into())).await
}
