//! The table `contacts`.

use crate::db::TenantOwned;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "contacts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub first_name: String,
    pub last_name: String,
    pub sort_name: String,
    pub search_text: String,
    pub email: Option<String>,
    pub email_key: String,
    pub phone: Option<String>,
    pub phone_display: Option<String>,
    pub status: String,
    pub client_since: Option<Date>,
    pub primary_corporation_id: Option<Uuid>,
    pub department_id: Option<Uuid>,
    pub owner_id: Option<Uuid>,
    pub address: Json,
    pub date_of_birth_sealed: Option<String>,
    pub ssn_sealed: Option<String>,
    pub ssn_hash: Option<String>,
    pub ssn_last4_hash: Option<String>,
    pub preferred_language: Option<String>,
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
