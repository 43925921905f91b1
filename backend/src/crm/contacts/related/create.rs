//! `POST /api/contacts/{id}/related`

use super::entity::Model;
use crate::auth::{Scope, permissions::ContactsChange};
use crate::crm::merge::Contacts;
use crate::crm::related;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Json, Path};
use ebenezer_shared::crm::relation::{CreateRelatedContact, RelatedContact};
use ebenezer_shared::ids::ContactId;
use ebenezer_shared::problem::Problem;
use uuid::Uuid;

/// Says what another person is to this one. The other one shows the inverse.
#[utoipa::path(post, path = "/api/contacts/{id}/related", tag = "contacts",
    params(("id" = ContactId, Path)), request_body = CreateRelatedContact,
    responses(
        (status = 201, body = RelatedContact),
        (status = 404, body = Problem),
        (status = 409, description = "`duplicate`: the two are related already", body = Problem),
    ))]
pub async fn create_related_contact(
    scope: Scope<ContactsChange>,
    Path(id): Path<ContactId>,
    Json(body): Json<CreateRelatedContact>,
) -> Result<Answer, ApiError> {
    let (me, other) = (Uuid::from(id), Uuid::from(body.contact_id));
    let mut row = Model {
        tenant_id: scope.tenant_id(),
        low_id: me.min(other),
        high_id: me.max(other),
        kind: String::new(),
        starts_on: body.from,
        ends_on: body.to,
        note: body.note,
        created_at: scope.now(),
    };
    row.set_kind_for(me, body.kind);
    let location = format!("/api/contacts/{id}/related/{other}");
    related::create::<Contacts>(&scope, (me, other), row, location).await
}
