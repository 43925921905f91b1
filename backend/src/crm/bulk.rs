//! Changes of many records at once: one transaction, an audit entry for each record, and a
//! way back that touches nobody's later work.

pub(super) mod act;
mod contacts;
mod corporations;
pub mod entity;
mod list;
pub(super) mod run;
mod undo;

use crate::auth::Command;
use crate::crm::tags::link::Tagging;
use crate::error::ApiError;
use crate::routes::Routes;
use act::{Act, Before, World};
use chrono::{DateTime, TimeDelta, Utc};
use ebenezer_shared::crm::bulk::{BulkReason, UNDO_DAYS};
use ebenezer_shared::crm::view::ListName;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _,
};
use uuid::Uuid;

/// A kind of record that can be changed by the many.
trait Target {
    const LIST: ListName;
    type Row;
    type Tags: Tagging;

    /// The firm's records of these ids, locked, in the order of their ids.
    async fn lock(command: &Command<'_>, ids: &[Uuid]) -> Result<Vec<Self::Row>, ApiError>;

    fn id(row: &Self::Row) -> Uuid;

    fn version(row: &Self::Row) -> i32;

    /// Does it to one record.
    async fn change(
        command: &Command<'_>,
        row: Self::Row,
        act: &Act,
        world: &World,
    ) -> Result<Done, ApiError>;

    /// Makes a record as it was: `row` is it now, none when it is gone.
    async fn restore(
        command: &Command<'_>,
        row: Option<Self::Row>,
        before: Before,
        world: &World,
    ) -> Result<Option<BulkReason>, ApiError>;
}

/// What became of one record.
enum Done {
    Changed { version: i32, before: Before },
    Unchanged,
    Refused(BulkReason),
}

/// Forgets how records were whose change can be undone no longer.
#[expect(clippy::disallowed_methods, reason = "of all firms of the plane alike")]
pub async fn forget(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    let before = now - TimeDelta::days(UNDO_DAYS);
    let old = entity::Entity::find()
        .filter(entity::Column::CreatedAt.lt(before))
        .select_only()
        .column(entity::Column::Id);
    entity::change::Entity::delete_many()
        .filter(entity::change::Column::BulkId.in_subquery(old.into_query()))
        .exec(db)
        .await?;
    Ok(())
}

pub fn routes(routes: &mut Routes) {
    routes.add(run::__path_change_contacts, run::change_contacts);
    routes.add(run::__path_change_corporations, run::change_corporations);
    routes.add(list::__path_list_bulk_actions, list::list_bulk_actions);
    routes.add(undo::__path_undo_bulk_action, undo::undo_bulk_action);
}
