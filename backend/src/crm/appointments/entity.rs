//! The table `appointments`.

use crate::crm::client::Client;
use crate::db::TenantOwned;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appointments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub title: String,
    pub sort_name: String,
    pub search_text: String,
    pub starts_at: DateTimeUtc,
    pub ends_at: DateTimeUtc,
    pub staff_id: Uuid,
    pub contact_id: Option<Uuid>,
    pub corporation_id: Option<Uuid>,
    pub place: Option<String>,
    pub video_url: Option<String>,
    pub status: String,
    pub notes: Option<String>,
    pub remind_minutes: Option<i32>,
    pub remind_at: Option<DateTimeUtc>,
    pub reminded_at: Option<DateTimeUtc>,
    pub external_id: Option<String>,
    pub version: i32,
    pub created_by: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl Model {
    /// Whom it is with, when that is a client.
    pub fn client(&self) -> Option<Client> {
        let known = self.contact_id.is_some() || self.corporation_id.is_some();
        known.then(|| Client::of_row(self.contact_id, self.corporation_id))
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
