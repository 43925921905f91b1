//! The table `audit_heads`: the last entry of each firm's chain, beside the chain.

use super::Head;
use crate::db::{self, TenantOwned};
use sea_orm::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_heads")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    pub seq: i64,
    pub hash: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TenantOwned for Entity {
    fn tenant_column() -> Column {
        Column::TenantId
    }

    fn id_column() -> Column {
        Column::TenantId
    }
}

/// Where each chain of the plane has come to.
#[expect(clippy::disallowed_methods, reason = "the keeper serves every firm of a plane")]
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<(Uuid, Head)>, DbErr> {
    let rows = Entity::find().all(db).await?;
    Ok(rows.into_iter().map(|row| (row.tenant_id, Head { seq: row.seq, hash: row.hash })).collect())
}

/// Where the firm's chain has come to; none when it has not begun.
pub async fn of(db: &impl ConnectionTrait, tenant: Uuid) -> Result<Option<Head>, DbErr> {
    let row = db::select::<Entity>(tenant).one(db).await?;
    Ok(row.map(|row| Head { seq: row.seq, hash: row.hash }))
}

#[expect(clippy::disallowed_methods, reason = "the row carries the firm")]
pub async fn set(db: &impl ConnectionTrait, tenant: Uuid, head: &Head) -> Result<(), DbErr> {
    let row =
        ActiveModel { tenant_id: Set(tenant), seq: Set(head.seq), hash: Set(head.hash.clone()) };
    let replace =
        OnConflict::column(Column::TenantId).update_columns([Column::Seq, Column::Hash]).to_owned();
    Entity::insert(row).on_conflict(replace).exec_without_returning(db).await?;
    Ok(())
}
