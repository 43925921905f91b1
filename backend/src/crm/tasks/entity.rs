//! The table `tasks`.

use crate::crm::about::About;
use crate::db::TenantOwned;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tasks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub title: String,
    pub sort_name: String,
    pub search_text: String,
    pub notes: Option<String>,
    pub due_at: Option<DateTimeUtc>,
    pub due_sort: DateTimeUtc,
    pub assignee_id: Option<Uuid>,
    pub priority: String,
    pub priority_rank: i32,
    pub status: String,
    pub status_rank: i32,
    pub done_at: Option<DateTimeUtc>,
    pub contact_id: Option<Uuid>,
    pub corporation_id: Option<Uuid>,
    pub case_id: Option<Uuid>,
    pub recurs_unit: Option<String>,
    pub recurs_every: Option<i32>,
    pub recurs_until: Option<Date>,
    pub recurs_from: Option<Date>,
    pub next_id: Option<Uuid>,
    pub external_id: Option<String>,
    pub version: i32,
    pub created_by: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl Model {
    /// What it is about.
    pub fn about(&self) -> About {
        About { contact: self.contact_id, corporation: self.corporation_id, case: self.case_id }
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TenantOwned for Entity {
    fn tenant_column() -> Column {
        Column::TenantId
    }

    fn id_column() -> Column {
        Column::Id
    }
}
