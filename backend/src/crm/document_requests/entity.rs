//! The table `document_requests`.

use crate::crm::client::Client;
use crate::db::TenantOwned;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document_requests")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub contact_id: Option<Uuid>,
    pub corporation_id: Option<Uuid>,
    pub title: String,
    pub sort_name: String,
    pub message: Option<String>,
    pub status: String,
    pub due_on: Option<Date>,
    pub remind_every_days: Option<i32>,
    pub next_reminder_on: Option<Date>,
    pub reminder_count: i32,
    pub last_reminded_at: Option<DateTimeUtc>,
    pub completed_at: Option<DateTimeUtc>,
    pub version: i32,
    pub created_by: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl Model {
    pub fn client(&self) -> Client {
        Client::of_row(self.contact_id, self.corporation_id)
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
