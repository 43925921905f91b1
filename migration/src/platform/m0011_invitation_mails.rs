//! Which mail carries an invitation, and why a job was given up.

use crate::dialect::run;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0011_invitation_mails"
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
-- the job that sends the last mail; null: from before this was kept. Jobs that are done are
-- forgotten earlier than invitations
ALTER TABLE invitations ADD COLUMN mail_job_id {uuid};
-- of dead jobs: it can never work (refused), or it did not work often enough (exhausted)
ALTER TABLE jobs ADD COLUMN given_up text CHECK (given_up IN ('refused', 'exhausted'));
";
