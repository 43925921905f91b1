//! The table `notes`.

use crate::crm::about::About;
use crate::db::{TenantOwned, normalize};
use sea_orm::entity::prelude::*;

/// So much of a note's beginning is looked at for short words.
const BEGINNING: usize = 200;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub body: String,
    pub sort_name: String,
    pub search_text: String,
    pub color: String,
    pub pinned: bool,
    pub contact_id: Option<Uuid>,
    pub corporation_id: Option<Uuid>,
    pub case_id: Option<Uuid>,
    pub version: i32,
    /// The author.
    pub created_by: Uuid,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl Model {
    /// What it is about.
    pub fn about(&self) -> About {
        About { contact: self.contact_id, corporation: self.corporation_id, case: self.case_id }
    }

    /// Whether it is its author's own.
    pub fn is_sticky(&self) -> bool {
        self.about() == About::default()
    }

    /// Writes the text, and what a search looks at.
    pub fn set_text(&mut self, text: String) {
        self.search_text = normalize(&text);
        self.sort_name = self.search_text.chars().take(BEGINNING).collect();
        self.body = text;
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
