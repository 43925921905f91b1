//! Reading views.

use super::entity::{Column, Entity, Model};
use super::rules;
use crate::auth::TenantScope;
use crate::crm::staff;
use crate::error::ApiError;
use ebenezer_shared::crm::staff::StaffRef;
use ebenezer_shared::crm::view::{ListName, SavedView, ViewState};
use ebenezer_shared::problem::ProblemCode;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, SqlErr,
};
use serde::Deserialize;
use std::collections::HashMap;
use uuid::Uuid;

/// A view that the caller sees, locked against other writers when it is to be changed.
pub async fn find(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
    lock: bool,
) -> Result<Model, ApiError> {
    let select = scope.by_id::<Entity>(id);
    let select = if lock { select.lock_exclusive() } else { select };
    let row = select.one(db).await?.filter(|row| rules::is_seen(scope, row));
    row.ok_or_else(|| ProblemCode::NotFound.into())
}

/// The caller's own views of a list and the shared ones, by name.
pub async fn list(scope: &TenantScope, list: ListName) -> Result<Vec<SavedView>, ApiError> {
    let seen =
        Condition::any().add(Column::IsShared.eq(true)).add(Column::CreatedBy.eq(scope.user_id()));
    let rows = scope
        .select::<Entity>()
        .filter(Column::Resource.eq(list.as_str()))
        .filter(seen)
        .order_by_asc(Column::NameKey)
        .order_by_asc(Column::Id)
        .all(scope.db())
        .await?;
    let makers = makers(scope, scope.db(), rows.iter().map(|row| row.created_by)).await?;
    Ok(rows.into_iter().map(|row| view(scope, row, &makers)).collect())
}

/// The view as the API shows it.
pub async fn load(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    row: Model,
) -> Result<SavedView, ApiError> {
    let makers = makers(scope, db, [row.created_by]).await?;
    Ok(view(scope, row, &makers))
}

async fn makers(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, String>, DbErr> {
    let rows = scope.select::<staff::Entity>().filter(staff::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.full_name)).collect())
}

fn view(scope: &TenantScope, row: Model, makers: &HashMap<Uuid, String>) -> SavedView {
    SavedView {
        may_change: rules::may_change(scope, &row),
        maker: StaffRef {
            id: row.created_by.into(),
            full_name: makers.get(&row.created_by).cloned().unwrap_or_default(),
        },
        id: row.id.into(),
        resource: rules::list_name(&row.resource),
        name: row.name,
        shared: row.is_shared,
        state: ViewState::deserialize(row.state).unwrap_or_default(),
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}

/// Says that another of the maker's views has the name.
pub fn taken(error: DbErr) -> ApiError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => {
            ApiError::field(ProblemCode::Duplicate, "name", "taken")
        }
        _ => error.into(),
    }
}
