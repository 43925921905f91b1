//! `PATCH /api/views/{id}`

use super::entity::{Entity, Model};
use super::{rules, store};
use crate::audit::Audit;
use crate::auth::AnyMember;
use crate::db::normalize;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{IfMatch, Json, Path};
use ebenezer_shared::crm::view::{SavedView, UpdateView, ViewState};
use ebenezer_shared::ids::ViewId;
use ebenezer_shared::patch::Patch;
use ebenezer_shared::problem::Problem;
use sea_orm::IntoActiveModel as _;
use serde::Deserialize;

/// Changes a view: its maker, or who may change the firm's settings.
#[utoipa::path(patch, path = "/api/views/{id}", tag = "views",
    params(("id" = ViewId, Path), ("If-Match" = Option<String>, Header)),
    request_body = UpdateView,
    responses(
        (status = 200, body = SavedView),
        (status = 404, body = Problem),
        (status = 409, description = "`duplicate` names the field", body = Problem),
        (status = 412, description = "`precondition_failed`", body = Problem),
    ))]
pub async fn update_view(
    scope: AnyMember,
    Path(id): Path<ViewId>,
    if_match: IfMatch,
    Json(body): Json<UpdateView>,
) -> Result<Answer, ApiError> {
    scope.must_write()?;
    let command = scope.command().await?;
    let known = store::find(&scope, command.tx(), id.into(), true).await?;
    rules::changes(&scope, &known)?;
    if_match.check(known.version)?;
    let before = store::load(&scope, command.tx(), known.clone()).await?;
    let mut row = apply(known.clone(), body)?;
    if row == known {
        return command.commit(Answer::ok(&before)?.etag(row.version)).await;
    }
    row.version += 1;
    row.updated_at = scope.now();
    command.save::<Entity>(row.id, row.clone().into_active_model()).await.map_err(store::taken)?;
    let version = row.version;
    let after = store::load(&scope, command.tx(), row).await?;
    command.audit(Audit::updated("view", id, &before, &after)?).await?;
    let answer = Answer::ok(&after)?.etag(version);
    command.commit(answer).await
}

fn apply(mut row: Model, body: UpdateView) -> Result<Model, ApiError> {
    if let Patch::Value(name) = body.name {
        row.name_key = normalize(&name);
        row.name = name;
    }
    row.is_shared = body.shared.unwrap_or(row.is_shared);
    let mut state = ViewState::deserialize(&row.state).unwrap_or_default();
    if let Some(search) = body.search.change() {
        state.search = search;
    }
    if let Some(filters) = body.filters {
        rules::check_filters(rules::list_name(&row.resource), &filters)?;
        state.filters = filters;
    }
    if let Some(ordering) = body.ordering.change() {
        state.ordering = ordering;
    }
    if let Some(columns) = body.columns.change() {
        state.columns = columns;
    }
    if let Some(size) = body.page_size.change() {
        state.page_size = size;
    }
    row.state = serde_json::to_value(state)?;
    Ok(row)
}
