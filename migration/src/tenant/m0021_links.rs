//! What a person is to a company, with what share, from when to when.

use crate::dialect::run;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0021_links"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, UP).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &str = r"
ALTER TABLE contact_corporations ADD COLUMN role text;
-- hundredths of a percent
ALTER TABLE contact_corporations ADD COLUMN share integer CHECK (share BETWEEN 0 AND 10000);
ALTER TABLE contact_corporations ADD COLUMN starts_on {date};
-- the last day; none while it goes on
ALTER TABLE contact_corporations ADD COLUMN ends_on {date};

-- The people of a company are those whose link has not ended: told by the index alone.
DROP INDEX contact_corporations_by_corporation;
CREATE INDEX contact_corporations_by_corporation
    ON contact_corporations (tenant_id, corporation_id, contact_id, ends_on);
";
