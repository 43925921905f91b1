//! Whose job it is, how far it is, and whether it shall stop.

use crate::dialect::run;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0006_job_progress"
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
-- the firm and the user that asked for it; null: the platform itself
ALTER TABLE jobs ADD COLUMN tenant_id {uuid};
ALTER TABLE jobs ADD COLUMN requested_by {uuid};
ALTER TABLE jobs ADD COLUMN progress_done bigint NOT NULL DEFAULT 0;
-- null: not known yet, or nothing to count
ALTER TABLE jobs ADD COLUMN progress_total bigint;
ALTER TABLE jobs ADD COLUMN cancel_requested {bool} NOT NULL DEFAULT {false};
CREATE INDEX jobs_by_requester ON jobs (requested_by, tenant_id, created_at);
CREATE INDEX jobs_by_creation ON jobs (created_at, id);
";
