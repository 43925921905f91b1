//! `PATCH /api/dashboard`

use super::preference::{ActiveModel, Column, Entity};
use crate::auth::{Scope, TenantScope, permissions::DashboardView};
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Json;
use ebenezer_shared::crm::dashboard::{DashboardCard, DashboardCards, ordered};
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait as _, Set};

/// Sets the order in which the caller sees the cards; for nobody else.
#[utoipa::path(patch, path = "/api/dashboard", tag = "dashboard",
    request_body = DashboardCards,
    responses((status = 200, body = DashboardCards)))]
pub async fn update_dashboard(
    scope: Scope<DashboardView>,
    Json(body): Json<DashboardCards>,
) -> Result<Answer, ApiError> {
    scope.must_write()?;
    let cards = ordered(&body.cards);
    let command = scope.command().await?;
    let row = ActiveModel {
        tenant_id: Set(scope.tenant_id()),
        user_id: Set(scope.user_id()),
        cards: Set(serde_json::to_value(&cards)?),
    };
    let again = OnConflict::columns([Column::TenantId, Column::UserId])
        .update_columns([Column::Cards])
        .to_owned();
    #[expect(clippy::disallowed_methods, reason = "the row carries the command's firm")]
    let insert = Entity::insert(row).on_conflict(again);
    insert.exec_without_returning(command.tx()).await?;
    command.commit(Answer::ok(&DashboardCards { cards })?).await
}

/// The order that the caller chose, every card once.
pub async fn of_caller(scope: &TenantScope) -> Result<Vec<DashboardCard>, ApiError> {
    let row = scope.by_id::<Entity>(scope.user_id()).one(scope.db()).await?;
    let named: Vec<String> =
        row.and_then(|row| serde_json::from_value(row.cards).ok()).unwrap_or_default();
    // A card that there is no longer is passed over.
    let named: Vec<DashboardCard> = named.iter().filter_map(|name| name.parse().ok()).collect();
    Ok(ordered(&named))
}
