//! What a case needs, thing by thing. A change of the list is a change of its case: it has its
//! version and stands in its history.

mod change;
pub mod entity;

use crate::auth::{Command, TenantScope};
use crate::db;
use crate::error::ApiError;
use crate::routes::Routes;
use ebenezer_shared::crm::case::checklist::template;
use ebenezer_shared::crm::case::{CaseType, ChecklistItem};
use entity::{Column, Entity, Model};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use std::collections::HashMap;
use uuid::Uuid;

/// The rows of a case in their order.
async fn rows(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    case: Uuid,
) -> Result<Vec<Model>, DbErr> {
    let rows = scope.select::<Entity>().filter(Column::CaseId.eq(case));
    rows.order_by_asc(Column::Position).order_by_asc(Column::Id).all(db).await
}

/// The list of a case.
pub async fn of(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    case: Uuid,
) -> Result<Vec<ChecklistItem>, DbErr> {
    let item = |row: Model| ChecklistItem {
        id: row.id.into(),
        label: row.label,
        is_done: row.done_at.is_some(),
        done_at: row.done_at,
        done_by: row.done_by.map(Into::into),
    };
    Ok(rows(scope, db, case).await?.into_iter().map(item).collect())
}

/// Of each case how many things are done, and how many there are.
pub async fn counts(
    scope: &TenantScope,
    cases: Vec<Uuid>,
) -> Result<HashMap<Uuid, (u32, u32)>, ApiError> {
    if cases.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = scope
        .select::<Entity>()
        .filter(Column::CaseId.is_in(cases))
        .select_only()
        .column(Column::CaseId)
        .expr_as(Expr::cust("count(done_at)"), "done")
        .expr_as(Expr::cust("count(*)"), "total")
        .group_by(Column::CaseId)
        .into_tuple::<(Uuid, i64, i64)>()
        .all(scope.db())
        .await?;
    let number = |count: i64| u32::try_from(count).unwrap_or_default();
    Ok(rows.into_iter().map(|(id, done, all)| (id, (number(done), number(all)))).collect())
}

/// Gives a new case what its type needs, in the firm's language.
pub async fn begin(command: &Command<'_>, case: Uuid, kind: CaseType) -> Result<(), DbErr> {
    let locale = command.place().tenant.settings().locale.unwrap_or_default();
    let rows = (0..).zip(template(kind)).map(|(position, text)| Model {
        id: Uuid::now_v7(),
        tenant_id: command.tenant_id(),
        case_id: case,
        position,
        label: text.get(locale).to_owned(),
        done_at: None,
        done_by: None,
        created_at: command.now(),
    });
    let rows = rows.map(|row| row.into_active_model().reset_all());
    db::insert::<Entity, _, _>(command.tx(), rows).await
}

/// Takes away the list of a case that goes.
pub async fn clear(command: &Command<'_>, case: Uuid) -> Result<(), DbErr> {
    let all = command.delete::<Entity>().filter(Column::CaseId.eq(case));
    all.exec(command.tx()).await.map(|_| ())
}

pub fn routes(routes: &mut Routes) {
    routes.add(change::__path_create_checklist_item, change::create_checklist_item);
    routes.add(change::__path_update_checklist_item, change::update_checklist_item);
    routes.add(change::__path_delete_checklist_item, change::delete_checklist_item);
}
