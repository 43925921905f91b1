//! The table `documents`.

use crate::db::TenantOwned;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "documents")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub folder_id: Uuid,
    pub name: String,
    pub sort_name: String,
    pub search_text: String,
    pub kind: String,
    pub note: Option<String>,
    pub shared_with_portal: bool,
    /// Number of the present version; the next four columns are that version's.
    pub current_number: i32,
    pub file_id: Uuid,
    pub extension: String,
    pub size: i64,
    pub sha256: String,
    pub trashed_at: Option<DateTimeUtc>,
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
