//! The table `threads`.

use crate::crm::client::Client;
use crate::db::TenantOwned;
use ebenezer_shared::crm::thread::ThreadKind;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "threads")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub subject: String,
    pub search_text: String,
    pub kind: String,
    pub contact_id: Option<Uuid>,
    pub corporation_id: Option<Uuid>,
    pub case_id: Option<Uuid>,
    pub is_closed: bool,
    pub message_count: i32,
    pub last_message_at: DateTimeUtc,
    pub version: i32,
    pub created_by: Uuid,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl Model {
    /// Between whom it is.
    pub fn kind(&self) -> ThreadKind {
        self.kind.parse().unwrap_or(ThreadKind::Internal)
    }

    /// Whose it is, or whom it is about.
    pub fn client(&self) -> Option<Client> {
        let is_client = self.contact_id.is_some() || self.corporation_id.is_some();
        is_client.then(|| Client::of_row(self.contact_id, self.corporation_id))
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
