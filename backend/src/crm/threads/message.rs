//! The table `messages`.

use crate::db::{TenantOwned, normalize};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "messages")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub thread_id: Uuid,
    pub number: i32,
    /// None for what a client wrote.
    pub author_id: Option<Uuid>,
    pub body: String,
    pub sort_name: String,
    pub search_text: String,
    pub sent_at: DateTimeUtc,
}

/// So much of a message's beginning is looked at for short words.
const BEGINNING: usize = 200;

impl Model {
    /// Writes the text, and what a search looks at.
    pub fn set_body(&mut self, body: String) {
        self.search_text = normalize(&body);
        self.sort_name = self.search_text.chars().take(BEGINNING).collect();
        self.body = body;
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
