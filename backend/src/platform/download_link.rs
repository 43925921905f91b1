//! Links by which a browser fetches a file, once.

use chrono::{DateTime, Utc};
use ebenezer_shared::locale::Locale;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "download_links")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    pub session_id: Uuid,
    pub user_id: Uuid,
    pub tenant_id: Uuid,
    pub target_sealed: String,
    pub locale: String,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub fn locale(&self) -> Locale {
        if self.locale == "en" { Locale::En } else { Locale::Es }
    }
}

/// The link of that token, for whoever comes first; none when it was used, is too old or is
/// not ours.
pub async fn take(
    db: &impl ConnectionTrait,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<Model>, DbErr> {
    let found = Entity::find_by_id(hash.to_owned()).one(db).await?;
    let Some(link) = found.filter(|link| now < link.expires_at) else { return Ok(None) };
    // Of two at once one deletes the row.
    let taken = Entity::delete_by_id(hash.to_owned()).exec(db).await?;
    Ok((taken.rows_affected == 1).then_some(link))
}

/// Forgets links that nobody followed in time.
pub async fn forget(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::ExpiresAt.lt(now)).exec(db).await.map(|_| ())
}
