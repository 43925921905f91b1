//! The table `audit_anchors`: how far each chain was seen to reach.
//!
//! A chain whose end was cut off holds together like any other; that it once was longer is
//! known here, in the other plane. An anchor moves forward only, and only along the chain that
//! it stands on.

#![expect(
    clippy::disallowed_methods,
    reason = "anchors belong to the platform; the lint guards the tenant plane"
)]

use super::Head;
use sea_orm::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use std::collections::HashMap;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_anchors")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub chain_id: Uuid,
    pub seq: i64,
    pub hash: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The anchors of these chains, as far as they have one.
pub async fn of(
    db: &impl ConnectionTrait,
    chains: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Head>, DbErr> {
    let rows = Entity::find().filter(Column::ChainId.is_in(chains)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.chain_id, Head { seq: row.seq, hash: row.hash })).collect())
}

/// Moves the anchor forward; one that is further already stays.
pub async fn advance(db: &impl ConnectionTrait, chain: Uuid, head: &Head) -> Result<(), DbErr> {
    let row =
        ActiveModel { chain_id: Set(chain), seq: Set(head.seq), hash: Set(head.hash.clone()) };
    let forward = OnConflict::column(Column::ChainId)
        .update_columns([Column::Seq, Column::Hash])
        .action_and_where(Expr::col((Entity, Column::Seq)).lt(head.seq))
        .to_owned();
    Entity::insert(row).on_conflict(forward).try_insert().exec_without_returning(db).await?;
    Ok(())
}
