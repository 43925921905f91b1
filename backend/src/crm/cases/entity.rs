//! The table `cases`.

use crate::db::TenantOwned;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cases")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub contact_id: Option<Uuid>,
    pub corporation_id: Option<Uuid>,
    pub joint_contact_id: Option<Uuid>,
    pub kind: String,
    pub tax_year: i32,
    pub period: String,
    pub status: String,
    pub status_rank: i32,
    pub closed_from: Option<String>,
    pub status_since: DateTimeUtc,
    pub due_on: Option<Date>,
    pub due_is_set: bool,
    pub is_extended: bool,
    pub assignee_id: Option<Uuid>,
    pub department_id: Option<Uuid>,
    pub priority: String,
    pub priority_rank: i32,
    pub fee_amount: Option<i64>,
    pub fee_currency: Option<String>,
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
