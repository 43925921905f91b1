//! Changes of many records at once: an audit entry for each record, and a way back that
//! touches nobody's later work.
//!
//! A few named records are changed in one transaction while the caller waits ([`run`]). All
//! that a list's query means are changed by a worker in parts ([`job`]): each part is one
//! transaction that also notes how far it is, so a worker that is killed is followed by one
//! that goes on there. Taking back goes the same two ways ([`undo`]).

pub(super) mod act;
mod apply;
mod asked;
mod back;
pub mod entity;
mod get;
mod info;
mod job;
mod kind;
mod list;
mod part;
pub(super) mod run;
mod undo;

pub use job::carry_out;

use crate::routes::Routes;
use chrono::{DateTime, TimeDelta, Utc};
use ebenezer_shared::crm::bulk::UNDO_DAYS;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _,
};
use serde::{Deserialize, Serialize};

/// Which way a worker goes through the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    Forth,
    /// It takes the change back.
    Back,
}

/// Forgets how records were whose change can be undone no longer.
#[expect(clippy::disallowed_methods, reason = "of all firms of the plane alike")]
pub async fn forget(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    use entity::{change, refusal, run};
    let before = now - TimeDelta::days(UNDO_DAYS);
    let old = entity::Entity::find()
        .filter(entity::Column::CreatedAt.lt(before))
        .select_only()
        .column(entity::Column::Id)
        .into_query();
    change::Entity::delete_many()
        .filter(change::Column::BulkId.in_subquery(old.clone()))
        .exec(db)
        .await?;
    refusal::Entity::delete_many()
        .filter(refusal::Column::BulkId.in_subquery(old.clone()))
        .exec(db)
        .await?;
    run::Entity::delete_many().filter(run::Column::BulkId.in_subquery(old)).exec(db).await?;
    Ok(())
}

pub fn routes(routes: &mut Routes) {
    routes.add(run::__path_change_contacts, run::change_contacts);
    routes.add(run::__path_change_corporations, run::change_corporations);
    routes.add(list::__path_list_bulk_actions, list::list_bulk_actions);
    routes.add(get::__path_get_bulk_action, get::get_bulk_action);
    routes.add(undo::__path_undo_bulk_action, undo::undo_bulk_action);
}
