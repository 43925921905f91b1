//! Anchors that come to be with their firms: one that is missing was taken away.

use crate::dialect::{Dialect, run};
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0012_audit_anchors"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let platform = match Dialect::of(manager) {
            Dialect::Sqlite => "zeroblob(16)",
            Dialect::Postgres => "'00000000-0000-0000-0000-000000000000'::uuid",
        };
        run(manager, &UP.replace("{platform}", platform)).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const UP: &str = r"
INSERT INTO audit_anchors (chain_id, seq, hash)
SELECT chain_id, 0, '' FROM (SELECT id AS chain_id FROM tenants UNION ALL SELECT {platform}) chains
WHERE NOT EXISTS (SELECT 1 FROM audit_anchors known WHERE known.chain_id = chains.chain_id);
";
