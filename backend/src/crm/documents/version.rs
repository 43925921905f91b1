//! The table `document_versions`.

use super::entity as document;
use crate::db::TenantOwned;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document_versions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub document_id: Uuid,
    pub number: i32,
    pub file_id: Uuid,
    pub name: String,
    pub extension: String,
    pub size: i64,
    pub sha256: String,
    pub restored_from: Option<i32>,
    pub created_by: Option<Uuid>,
    pub created_at: DateTimeUtc,
}

impl Model {
    /// The present version of a document, as it was just written.
    pub fn of(row: &document::Model, by: Option<Uuid>, restored_from: Option<i32>) -> Self {
        Self {
            id: Uuid::now_v7(),
            tenant_id: row.tenant_id,
            document_id: row.id,
            number: row.current_number,
            file_id: row.file_id,
            name: row.name.clone(),
            extension: row.extension.clone(),
            size: row.size,
            sha256: row.sha256.clone(),
            restored_from,
            created_by: by,
            created_at: row.updated_at,
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
