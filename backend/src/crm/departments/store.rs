//! Reading and writing departments.

use super::entity::{Column, Entity, Model};
use crate::auth::TenantScope;
use crate::crm::contacts::entity as contact;
use crate::crm::staff;
use crate::error::ApiError;
use ebenezer_shared::crm::department::Department;
use ebenezer_shared::problem::ProblemCode;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, FromQueryResult, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, SqlErr,
};
use std::collections::HashMap;
use uuid::Uuid;

/// Colour of a department that was given none.
pub const DEFAULT_COLOR: &str = "#64748b";

/// The firm's department, locked against other writers when it is to be changed.
pub async fn find(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
    lock: bool,
) -> Result<Model, ApiError> {
    let select = scope.by_id::<Entity>(id);
    let select = if lock { select.lock_exclusive() } else { select };
    select.one(db).await?.ok_or_else(|| ProblemCode::NotFound.into())
}

/// 422 when the firm has no such department.
pub async fn check(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<(), ApiError> {
    let known = scope.by_id::<Entity>(id).count(db).await? > 0;
    if known { Ok(()) } else { Err(ApiError::invalid("department_id", "unknown_reference")) }
}

/// Departments in their order.
pub async fn list(
    scope: &TenantScope,
    is_active: Option<bool>,
) -> Result<Vec<Department>, ApiError> {
    let mut select = scope.select::<Entity>();
    if let Some(active) = is_active {
        select = select.filter(Column::IsActive.eq(active));
    }
    let rows =
        select.order_by_asc(Column::Position).order_by_asc(Column::NameKey).all(scope.db()).await?;
    let contacts = contact_counts(scope).await?;
    let members = member_counts(scope).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let count =
                |counts: &HashMap<Uuid, u64>| counts.get(&row.id).copied().unwrap_or_default();
            let (contacts, members) = (count(&contacts), count(&members));
            view(row, contacts, members)
        })
        .collect())
}

#[derive(FromQueryResult)]
struct Count {
    department_id: Uuid,
    people: i64,
}

async fn contact_counts(scope: &TenantScope) -> Result<HashMap<Uuid, u64>, DbErr> {
    let counts = scope
        .select::<contact::Entity>()
        .filter(contact::Column::DepartmentId.is_not_null())
        .select_only()
        .column(contact::Column::DepartmentId)
        .expr_as(Expr::cust("count(*)"), "people")
        .group_by(contact::Column::DepartmentId)
        .into_model::<Count>()
        .all(scope.db())
        .await?;
    Ok(pairs(counts))
}

async fn member_counts(scope: &TenantScope) -> Result<HashMap<Uuid, u64>, DbErr> {
    let counts = scope
        .select::<staff::Entity>()
        .filter(staff::Column::DepartmentId.is_not_null())
        .select_only()
        .column(staff::Column::DepartmentId)
        .expr_as(Expr::cust("count(*)"), "people")
        .group_by(staff::Column::DepartmentId)
        .into_model::<Count>()
        .all(scope.db())
        .await?;
    Ok(pairs(counts))
}

fn pairs(counts: Vec<Count>) -> HashMap<Uuid, u64> {
    let pair =
        |count: Count| (count.department_id, u64::try_from(count.people).unwrap_or_default());
    counts.into_iter().map(pair).collect()
}

/// The department with the numbers of its contacts and members.
pub async fn load(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    row: Model,
) -> Result<Department, ApiError> {
    let people = scope
        .select::<contact::Entity>()
        .filter(contact::Column::DepartmentId.eq(row.id))
        .count(db)
        .await?;
    let members = scope
        .select::<staff::Entity>()
        .filter(staff::Column::DepartmentId.eq(row.id))
        .count(db)
        .await?;
    Ok(view(row, people, members))
}

fn view(row: Model, contact_count: u64, member_count: u64) -> Department {
    Department {
        id: row.id.into(),
        name: row.name,
        code: row.code,
        color: row.color,
        icon: row.icon,
        is_active: row.is_active,
        order: row.position,
        contact_count,
        member_count,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}

/// Names the field whose value another department has.
pub fn taken(error: DbErr) -> ApiError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(what)) => {
            let field = if what.contains("code") { "code" } else { "name" };
            ApiError::field(ProblemCode::Duplicate, field, "taken")
        }
        _ => error.into(),
    }
}
