//! The table `folders`.

use crate::crm::client::Client;
use crate::db::TenantOwned;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, DeriveEntityModel)]
#[sea_orm(table_name = "folders")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub name: String,
    pub sort_name: String,
    pub parent_id: Option<Uuid>,
    pub contact_id: Option<Uuid>,
    pub corporation_id: Option<Uuid>,
    pub department_id: Option<Uuid>,
    pub is_default: bool,
    pub position: i32,
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
