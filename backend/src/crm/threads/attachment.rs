//! The table `attachments`.

use crate::crm::documents;
use crate::db::TenantOwned;
use ebenezer_shared::crm::thread::Attachment;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attachments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant_id: Uuid,
    /// None until a message takes it along.
    pub message_id: Option<Uuid>,
    pub position: i32,
    pub file_id: Uuid,
    pub name: String,
    pub extension: String,
    pub size: i64,
    pub sha256: String,
    pub created_by: Uuid,
    pub created_at: DateTimeUtc,
}

impl Model {
    /// As the API shows it.
    pub fn view(&self) -> Attachment {
        Attachment {
            id: self.id.into(),
            name: self.name.clone(),
            content_type: documents::store::file_type(&self.extension).content_type().to_owned(),
            size: u64::try_from(self.size).unwrap_or_default(),
        }
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
