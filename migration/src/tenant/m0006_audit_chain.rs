//! The audit log as a chain: each entry is bound to the one before it.
//!
//! `mac` is a keyed hash of the entry, made by whoever writes it. Entries get their place and
//! the hash that binds them to their predecessor a moment later, one after the other, so that
//! writers need not wait for each other. What has a place is never changed or deleted.

use crate::dialect::{Dialect, run};
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0006_audit_chain"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, UP).await?;
        run(manager, &crate::append_only(Dialect::of(manager), "audit_logs")).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &str = r"
-- '' in entries that are older than the chain
ALTER TABLE audit_logs ADD COLUMN mac text NOT NULL DEFAULT '';
-- the place in the firm's chain, from 1; null: not bound yet
ALTER TABLE audit_logs ADD COLUMN seq bigint;
ALTER TABLE audit_logs ADD COLUMN hash text;
CREATE UNIQUE INDEX audit_logs_by_seq ON audit_logs (tenant_id, seq);
CREATE INDEX audit_logs_unbound ON audit_logs (at, id) WHERE seq IS NULL;
CREATE INDEX audit_logs_by_action ON audit_logs (tenant_id, action, at);
CREATE INDEX audit_logs_by_actor ON audit_logs (tenant_id, actor_id, at);

-- The last entry of each firm's chain.
CREATE TABLE audit_heads (
    tenant_id {uuid} NOT NULL PRIMARY KEY,
    seq bigint NOT NULL,
    hash text NOT NULL
);
";
