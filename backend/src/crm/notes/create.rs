//! `POST /api/notes`

use super::entity::{Entity, Model};
use super::store;
use crate::audit::Audit;
use crate::auth::{Scope, TenantScope, permissions::NotesAdd};
use crate::crm::about::About;
use crate::db;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use ebenezer_shared::crm::note::{CreateNote, Note};
use ebenezer_shared::problem::Problem;
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use uuid::Uuid;

/// Writes a note: on a record for all who see it, or a sticky one for the caller alone.
#[utoipa::path(post, path = "/api/notes", tag = "notes", request_body = CreateNote,
    responses((status = 201, body = Note), (status = 422, body = Problem)))]
pub async fn create_note(
    scope: Scope<NotesAdd>,
    Json(body): Json<CreateNote>,
) -> Result<Answer, ApiError> {
    let row = new_row(&scope, body);
    row.about().must_be_one_thing()?;
    store::check_sight(&scope, &row)?;
    let command = scope.command().await?;
    row.about().check(&command, About::default()).await?;
    db::insert::<Entity, _, _>(command.tx(), [row.clone().into_active_model().reset_all()]).await?;
    let note = store::view(&scope, command.tx(), row.clone()).await?;
    let told = store::told(&row, &note);
    command.audit(Audit::created(store::kind(&row), row.id, &told)?).await?;
    store::tell_record(&command, &row, (false, true)).await?;
    let answer = Answer::created(format!("/api/notes/{}", note.id), &note)?.etag(1);
    command.commit(answer).await
}

fn new_row(scope: &TenantScope, body: CreateNote) -> Model {
    let now = scope.now();
    let mut row = Model {
        id: Uuid::now_v7(),
        tenant_id: scope.tenant_id(),
        body: String::new(),
        sort_name: String::new(),
        search_text: String::new(),
        color: body.color.as_str().to_owned(),
        pinned: body.pinned,
        contact_id: body.contact_id.map(Into::into),
        corporation_id: body.corporation_id.map(Into::into),
        case_id: body.case_id.map(Into::into),
        version: 1,
        created_by: scope.user_id(),
        created_at: now,
        updated_at: now,
    };
    row.set_text(body.text);
    row
}
