//! Changes of many records at once, and what undoes them.

use crate::dialect::run;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0012_bulk"
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
CREATE TABLE bulk_actions (
    id {uuid} NOT NULL PRIMARY KEY,
    tenant_id {uuid} NOT NULL,
    resource text NOT NULL CHECK (resource IN ('contacts', 'corporations')),
    action text NOT NULL,
    actor_id {uuid} NOT NULL,
    actor_name text NOT NULL,
    changed integer NOT NULL,
    undone_at {time},
    created_at {time} NOT NULL,
    UNIQUE (tenant_id, id)
);
CREATE INDEX bulk_actions_by_time ON bulk_actions (tenant_id, created_at);

CREATE TABLE bulk_changes (
    tenant_id {uuid} NOT NULL,
    bulk_id {uuid} NOT NULL,
    record_id {uuid} NOT NULL,
    -- the version that the change made, of deleted records the last one
    version integer NOT NULL,
    -- how it was, sealed: whole records are among it
    before_sealed text NOT NULL,
    PRIMARY KEY (tenant_id, bulk_id, record_id),
    FOREIGN KEY (tenant_id, bulk_id) REFERENCES bulk_actions (tenant_id, id)
);
";
