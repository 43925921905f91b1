//! What was deleted, so that those who keep a copy learn of it.

use crate::dialect::run;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0020_deletions"
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
CREATE TABLE deletions (
    tenant_id {uuid} NOT NULL,
    record_type text NOT NULL,
    -- the id that the record had
    id {uuid} NOT NULL,
    at {time} NOT NULL,
    -- the record of the same type that it was merged into
    merged_into {uuid},
    PRIMARY KEY (tenant_id, record_type, id)
);
CREATE INDEX deletions_by_time ON deletions (tenant_id, at, id);
CREATE INDEX deletions_by_survivor ON deletions (tenant_id, merged_into);
";
