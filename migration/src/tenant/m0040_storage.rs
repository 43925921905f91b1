//! Files in the storage, and how much of it each firm uses.
//!
//! A file is announced before its bytes go to the storage, so that one whose command never
//! came to its end is known and swept.

use crate::dialect::run;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0040_storage"
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
CREATE TABLE stored_files (
    -- with the firm's id its key in the storage
    id {uuid} NOT NULL PRIMARY KEY,
    tenant_id {uuid} NOT NULL,
    size bigint NOT NULL CHECK (size >= 0),
    state text NOT NULL CHECK (state IN ('arriving', 'kept', 'leaving')),
    created_at {time} NOT NULL,
    UNIQUE (tenant_id, id)
);
CREATE INDEX stored_files_to_sweep ON stored_files (state, created_at) WHERE state <> 'kept';

CREATE TABLE storage_usage (
    tenant_id {uuid} NOT NULL PRIMARY KEY,
    bytes bigint NOT NULL CHECK (bytes >= 0)
);
";
