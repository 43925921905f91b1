//! The job queue, and links that set a new password.

use crate::dialect::run;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0003_jobs"
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
CREATE TABLE jobs (
    id {uuid} NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    -- what to do, sealed: it may hold a link that opens an account
    payload text NOT NULL,
    -- a second job of the same key is not taken; null: there is no other like it
    unique_key text UNIQUE,
    status text NOT NULL CHECK (status IN ('waiting', 'running', 'done', 'dead', 'cancelled')),
    attempts integer NOT NULL,
    -- not before
    run_at {time} NOT NULL,
    -- who runs it, and until when nobody else may
    leased_by {uuid},
    leased_until {time},
    -- why the last attempt failed
    error text,
    created_at {time} NOT NULL,
    finished_at {time}
);
CREATE INDEX jobs_by_turn ON jobs (status, run_at);
CREATE INDEX jobs_by_end ON jobs (finished_at);

CREATE TABLE password_resets (
    -- SHA-256 of the token in the link
    hash text NOT NULL PRIMARY KEY,
    user_id {uuid} NOT NULL REFERENCES users (id),
    created_at {time} NOT NULL,
    expires_at {time} NOT NULL,
    used_at {time}
);
CREATE INDEX password_resets_by_user ON password_resets (user_id);
";
