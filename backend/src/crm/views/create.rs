//! `POST /api/views`

use super::{entity, rules, store};
use crate::audit::Audit;
use crate::auth::AnyMember;
use crate::db::{self, normalize};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use ebenezer_shared::crm::view::{CreateView, SavedView, ViewState};
use ebenezer_shared::problem::Problem;
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};
use uuid::Uuid;

/// Saves a view of a list that the caller sees.
#[utoipa::path(post, path = "/api/views", tag = "views", request_body = CreateView,
    responses(
        (status = 201, body = SavedView),
        (status = 409, description = "`duplicate` names the field", body = Problem),
    ))]
pub async fn create_view(
    scope: AnyMember,
    Json(body): Json<CreateView>,
) -> Result<Answer, ApiError> {
    scope.must_write()?;
    rules::sees(&scope, body.resource)?;
    rules::check_filters(body.resource, &body.filters)?;
    let command = scope.command().await?;
    let now = scope.now();
    let state = ViewState {
        search: body.search,
        filters: body.filters,
        ordering: body.ordering,
        columns: body.columns,
        page_size: body.page_size,
    };
    let row = entity::Model {
        id: Uuid::now_v7(),
        tenant_id: scope.tenant_id(),
        resource: body.resource.as_str().to_owned(),
        name_key: normalize(&body.name),
        name: body.name,
        created_by: scope.user_id(),
        is_shared: body.shared,
        state: serde_json::to_value(state)?,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    db::insert(command.tx(), [row.clone().into_active_model().reset_all()])
        .await
        .map_err(store::taken)?;
    let view = store::load(&scope, command.tx(), row).await?;
    command.audit(Audit::created("view", view.id, &view)?).await?;
    let location = format!("/api/views/{}", view.id);
    let answer = Answer::created(location, &view)?.etag(1);
    command.commit(answer).await
}
