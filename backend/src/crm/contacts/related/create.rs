//! `POST /api/contacts/{id}/related`

use super::entity::Model;
use super::{between, reference, store, tell, view};
use crate::auth::{Scope, permissions::ContactsChange};
use crate::crm::pair;
use crate::db;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Json, Path};
use ebenezer_shared::crm::period::Period;
use ebenezer_shared::crm::relation::{CreateRelatedContact, RelatedContact};
use ebenezer_shared::ids::ContactId;
use ebenezer_shared::problem::{Problem, ProblemCode};
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
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
    let command = scope.command().await?;
    let find = async |id: Uuid, lock: bool| store::find(&command, command.tx(), id, lock).await;
    let (me, other) = pair::both(id.into(), body.contact_id.into(), "contact_id", find).await?;
    if !(Period { from: body.from, to: body.to }).is_possible() {
        return Err(ApiError::invalid("to", "before_start"));
    }
    if between(&command, me.id, other.id).one(command.tx()).await?.is_some() {
        return Err(ApiError::field(ProblemCode::Duplicate, "contact_id", "already_related"));
    }
    let mut row = Model {
        tenant_id: scope.tenant_id(),
        low_id: me.id.min(other.id),
        high_id: me.id.max(other.id),
        kind: String::new(),
        starts_on: body.from,
        ends_on: body.to,
        note: body.note,
        created_at: scope.now(),
    };
    row.set_kind_for(me.id, body.kind);
    db::insert(command.tx(), [row.clone().into_active_model().reset_all()]).await?;
    tell(&command, (&reference(&me), &reference(&other)), None, Some(&row)).await?;
    let location = format!("/api/contacts/{id}/related/{}", other.id);
    let answer = Answer::created(location, &view(&row, me.id, &other))?;
    command.commit(answer).await
}
