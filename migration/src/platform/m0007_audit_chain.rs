//! The activity log as a chain, and where the chains of the firms had come to.

use crate::dialect::{Dialect, run};
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0007_audit_chain"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, UP).await?;
        run(manager, &crate::append_only(Dialect::of(manager), "activity_logs")).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &str = r"
ALTER TABLE activity_logs ADD COLUMN mac text NOT NULL DEFAULT '';
ALTER TABLE activity_logs ADD COLUMN seq bigint;
ALTER TABLE activity_logs ADD COLUMN hash text;
CREATE UNIQUE INDEX activity_logs_by_seq ON activity_logs (seq);
CREATE INDEX activity_logs_unbound ON activity_logs (at, id) WHERE seq IS NULL;

-- How far each chain was seen to reach, kept away from the chains themselves. The platform's
-- own chain has the id of zeros.
CREATE TABLE audit_anchors (
    chain_id {uuid} NOT NULL PRIMARY KEY,
    seq bigint NOT NULL,
    hash text NOT NULL
);
";
