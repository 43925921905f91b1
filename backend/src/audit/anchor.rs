//! The table `audit_anchors`: how far each chain was seen to reach.
//!
//! A chain whose end was cut off holds together like any other; that it once was longer is
//! known here, in the other plane. An anchor is made with its firm, before there is any entry, so
//! that one that is missing was taken away; it moves forward only, and only along the chain that
//! it stands on.

#![expect(
    clippy::disallowed_methods,
    reason = "anchors belong to the platform; the lint guards the tenant plane"
)]

use super::Head;
use crate::jobs::Troubles;
use crate::state::AppState;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{DatabaseConnection, Set};
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

/// Makes the anchor of a chain that has no entries yet, in the transaction that makes its firm.
pub async fn begin(db: &impl ConnectionTrait, chain: Uuid) -> Result<(), DbErr> {
    let row = ActiveModel { chain_id: Set(chain), seq: Set(0), hash: Set(String::new()) };
    Entity::insert(row).exec_without_returning(db).await.map(|_| ())
}

/// Moves the anchor forward; one that is further already stays, and one that is missing stays
/// missing, since that is to be found.
pub async fn advance(db: &impl ConnectionTrait, chain: Uuid, head: &Head) -> Result<(), DbErr> {
    Entity::update_many()
        .filter(Column::ChainId.eq(chain))
        .filter(Column::Seq.lt(head.seq))
        .col_expr(Column::Seq, Expr::value(head.seq))
        .col_expr(Column::Hash, Expr::value(head.hash.clone()))
        .exec(db)
        .await
        .map(|_| ())
}

/// Keeps how far a firm's chain reaches, unless it is not the one that the anchor stands on.
pub async fn follow(
    state: &AppState,
    plane: &DatabaseConnection,
    firm: Uuid,
    anchor: Option<&Head>,
    head: &Head,
) -> Result<(), DbErr> {
    let holds = match anchor {
        None => false,
        Some(anchor) if anchor.seq == 0 => true,
        Some(anchor) => super::Entity::find()
            .filter(super::Column::TenantId.eq(firm))
            .filter(super::Column::Seq.eq(anchor.seq))
            .one(plane)
            .await?
            .is_some_and(|entry| entry.hash.as_ref() == Some(&anchor.hash)),
    };
    if !holds {
        let seq = anchor.map(|anchor| anchor.seq);
        tracing::error!(%firm, seq, "the audit log is not what it was");
        return Ok(());
    }
    advance(state.planes.platform(), firm, head).await
}

/// Moves the anchors that chains of the plane have left behind: a process may be killed, or the
/// platform's database be away, between the one and the other.
pub async fn catch_up(
    state: &AppState,
    plane: &DatabaseConnection,
    troubles: &mut Troubles,
) -> Result<(), DbErr> {
    let heads = super::head::all(plane).await?;
    let anchors = of(state.planes.platform(), heads.iter().map(|(firm, _)| *firm)).await?;
    for (firm, head) in heads {
        let anchor = anchors.get(&firm);
        if anchor.is_some_and(|anchor| anchor.seq < head.seq) {
            let moved = follow(state, plane, firm, anchor, &head).await;
            troubles.note("an anchor of an audit log", moved);
        }
    }
    Ok(())
}
