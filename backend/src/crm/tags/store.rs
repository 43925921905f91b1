//! Reading tags.

use super::entity::{Column, Entity, Model};
use super::link::Tagging;
use super::{ContactTags, CorporationTags};
use crate::auth::TenantScope;
use crate::error::ApiError;
use ebenezer_shared::crm::tag::{Tag, TagColor};
use ebenezer_shared::problem::ProblemCode;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, FromQueryResult, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, SqlErr,
};
use std::collections::HashMap;
use uuid::Uuid;

/// The firm's tag, locked against other writers when it is to be changed.
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

/// All tags by name, with how many records carry each.
pub async fn list(scope: &TenantScope) -> Result<Vec<Tag>, DbErr> {
    let rows = scope.select::<Entity>().order_by_asc(Column::NameKey).all(scope.db()).await?;
    let contacts = uses::<ContactTags>(scope).await?;
    let corporations = uses::<CorporationTags>(scope).await?;
    let count = |of: &HashMap<Uuid, u64>, id| of.get(&id).copied().unwrap_or_default();
    let tag = |row: Model| {
        let (people, companies) = (count(&contacts, row.id), count(&corporations, row.id));
        view(row, people, companies)
    };
    Ok(rows.into_iter().map(tag).collect())
}

#[derive(FromQueryResult)]
struct Count {
    tag_id: Uuid,
    uses: i64,
}

async fn uses<L: Tagging>(scope: &TenantScope) -> Result<HashMap<Uuid, u64>, DbErr> {
    let counts = scope
        .select::<L>()
        .select_only()
        .column_as(L::tag(), "tag_id")
        .expr_as(Expr::cust("count(*)"), "uses")
        .group_by(L::tag())
        .into_model::<Count>()
        .all(scope.db())
        .await?;
    let pair = |count: Count| (count.tag_id, u64::try_from(count.uses).unwrap_or_default());
    Ok(counts.into_iter().map(pair).collect())
}

/// The tag with how many records carry it.
pub async fn load(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    row: Model,
) -> Result<Tag, ApiError> {
    let contacts = carriers::<ContactTags>(scope, db, row.id).await?;
    let corporations = carriers::<CorporationTags>(scope, db, row.id).await?;
    Ok(view(row, contacts, corporations))
}

async fn carriers<L: Tagging>(
    scope: &TenantScope,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<u64, DbErr> {
    let links = scope.select::<L>().filter(L::tag().eq(id));
    let count = links.select_only().expr_as(Expr::cust("count(*)"), "uses");
    let count: Option<i64> = count.into_tuple().one(db).await?;
    Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or_default())
}

fn view(row: Model, contact_count: u64, corporation_count: u64) -> Tag {
    Tag {
        id: row.id.into(),
        name: row.name,
        color: TagColor::named(&row.color),
        contact_count,
        corporation_count,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}

/// Says that another tag has the name.
pub fn taken(error: DbErr) -> ApiError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => {
            ApiError::field(ProblemCode::Duplicate, "name", "taken")
        }
        _ => error.into(),
    }
}
