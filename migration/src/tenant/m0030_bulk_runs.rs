//! Changes of many records that a worker makes in parts: how far each is, and what it left.

use crate::dialect::run;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0030_bulk_runs"
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
CREATE TABLE bulk_runs (
    tenant_id {uuid} NOT NULL,
    bulk_id {uuid} NOT NULL,
    -- the change itself, or the way back
    undoing {bool} NOT NULL,
    job_id {uuid} NOT NULL,
    -- what is done to which records and who asked from where, sealed
    asked_sealed text NOT NULL,
    -- the last record of the last part
    reached {uuid},
    done bigint NOT NULL,
    total bigint NOT NULL,
    changed bigint NOT NULL,
    unchanged bigint NOT NULL,
    refused bigint NOT NULL,
    -- why it ended before its time
    stopped text,
    ended_at {time},
    created_at {time} NOT NULL,
    PRIMARY KEY (tenant_id, bulk_id, undoing),
    FOREIGN KEY (tenant_id, bulk_id) REFERENCES bulk_actions (tenant_id, id)
);

CREATE TABLE bulk_refusals (
    tenant_id {uuid} NOT NULL,
    bulk_id {uuid} NOT NULL,
    undoing {bool} NOT NULL,
    record_id {uuid} NOT NULL,
    reason text NOT NULL,
    fields {json} NOT NULL,
    PRIMARY KEY (tenant_id, bulk_id, undoing, record_id),
    FOREIGN KEY (tenant_id, bulk_id, undoing)
        REFERENCES bulk_runs (tenant_id, bulk_id, undoing)
);
";
