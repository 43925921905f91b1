//! The table `contact_tags`: which contacts carry which tags.

use super::entity as tag;
use super::link::Tagging;
use crate::db::TenantOwned;
use sea_orm::Set;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "contact_tags")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub tag_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "tag::Entity", from = "Column::TagId", to = "tag::Column::Id")]
    Tag,
}

impl ActiveModelBehavior for ActiveModel {}

impl TenantOwned for Entity {
    fn tenant_column() -> Column {
        Column::TenantId
    }

    fn id_column() -> Column {
        Column::ContactId
    }
}

impl Tagging for Entity {
    const RECORDS: &'static str = "contacts";

    fn record() -> Column {
        Column::ContactId
    }

    fn tag() -> Column {
        Column::TagId
    }

    fn to_tag() -> RelationDef {
        Relation::Tag.def()
    }

    fn row(tenant: Uuid, record: Uuid, tag: Uuid) -> ActiveModel {
        ActiveModel { tenant_id: Set(tenant), contact_id: Set(record), tag_id: Set(tag) }
    }
}
