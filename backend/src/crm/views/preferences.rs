//! `GET|PATCH /api/list-preferences`: how the caller wants a list, on whatever device.

use super::preference::{ActiveModel, Column, Entity, Model};
use super::{rules, store};
use crate::auth::{AnyMember, Command, TenantScope};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Json, Query};
use ebenezer_shared::crm::view::{ListName, ListPreference, UpdateListPreference};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, Set};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PreferenceQuery {
    /// Of which list; contacts without it.
    resource: Option<ListName>,
}

/// How the caller wants a list. A default view that they no longer see is none.
#[utoipa::path(get, path = "/api/list-preferences", tag = "views", params(PreferenceQuery),
    responses((status = 200, body = ListPreference)))]
pub async fn get_list_preference(
    scope: AnyMember,
    Query(query): Query<PreferenceQuery>,
) -> Result<Answer, ApiError> {
    let list = query.resource.unwrap_or(ListName::Contacts);
    rules::sees(&scope, list)?;
    Answer::ok(&load(&scope, scope.db(), list).await?)
}

/// Changes how the caller wants a list; for nobody else.
#[utoipa::path(patch, path = "/api/list-preferences", tag = "views",
    request_body = UpdateListPreference,
    responses((status = 200, body = ListPreference)))]
pub async fn update_list_preference(
    scope: AnyMember,
    Json(body): Json<UpdateListPreference>,
) -> Result<Answer, ApiError> {
    scope.must_write()?;
    rules::sees(&scope, body.resource)?;
    let command = scope.command().await?;
    let mut now = load(&scope, command.tx(), body.resource).await?;
    if let Some(columns) = body.columns.change() {
        now.columns = columns;
    }
    if let Some(view) = body.default_view_id.change() {
        if let Some(id) = view {
            check(&command, body.resource, id.into()).await?;
        }
        now.default_view_id = view;
    }
    save(&command, &now).await?;
    command.commit(Answer::ok(&now)?).await
}

/// 422 unless the caller sees such a view of the list.
async fn check(command: &Command<'_>, list: ListName, id: Uuid) -> Result<(), ApiError> {
    let found = store::find(command, command.tx(), id, false).await;
    match found {
        Ok(view) if view.resource == list.as_str() => Ok(()),
        Ok(_) | Err(ApiError::Refused(_)) => {
            Err(ApiError::invalid("default_view_id", "unknown_reference"))
        }
        Err(error) => Err(error),
    }
}

async fn load(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    list: ListName,
) -> Result<ListPreference, ApiError> {
    let row: Option<Model> = scope
        .by_id::<Entity>(scope.user_id())
        .filter(Column::Resource.eq(list.as_str()))
        .one(db)
        .await?;
    let Some(row) = row else {
        return Ok(ListPreference { resource: list, columns: None, default_view_id: None });
    };
    let view = match row.default_view_id {
        Some(id) => scope.by_id::<super::entity::Entity>(id).one(db).await?,
        None => None,
    };
    Ok(ListPreference {
        resource: list,
        columns: row.columns.and_then(|columns| Deserialize::deserialize(columns).ok()),
        default_view_id: view.filter(|view| rules::is_seen(scope, view)).map(|view| view.id.into()),
    })
}

async fn save(command: &Command<'_>, now: &ListPreference) -> Result<(), ApiError> {
    let row = ActiveModel {
        tenant_id: Set(command.tenant_id()),
        user_id: Set(command.user_id()),
        resource: Set(now.resource.as_str().to_owned()),
        columns: Set(now.columns.as_ref().map(|columns| serde_json::json!(columns))),
        default_view_id: Set(now.default_view_id.map(Into::into)),
    };
    let again = OnConflict::columns([Column::TenantId, Column::UserId, Column::Resource])
        .update_columns([Column::Columns, Column::DefaultViewId])
        .to_owned();
    #[expect(clippy::disallowed_methods, reason = "the row carries the command's firm")]
    let insert = Entity::insert(row).on_conflict(again);
    let done: Result<_, DbErr> = insert.exec_without_returning(command.tx()).await;
    done?;
    Ok(())
}
