//! The table `corporations`.

use crate::db::TenantOwned;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "corporations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub name: String,
    pub sort_name: String,
    pub search_text: String,
    pub legal_name: Option<String>,
    pub ein_sealed: Option<String>,
    pub ein_hash: Option<String>,
    pub ein_last4_hash: Option<String>,
    pub kind: Option<String>,
    pub status: String,
    pub industry: Option<String>,
    pub fiscal_year_end: Option<String>,
    pub address: Json,
    pub phone: Option<String>,
    pub phone_display: Option<String>,
    pub email: Option<String>,
    pub notes: Option<String>,
    pub external_id: Option<String>,
    pub version: i32,
    pub created_by: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
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
