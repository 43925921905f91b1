//! Second factors of users and their recovery codes.

use crate::dialect::run;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0004_two_factor"
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
CREATE TABLE second_factors (
    user_id {uuid} NOT NULL PRIMARY KEY REFERENCES users (id),
    -- what the authenticator app knows, in Base32
    secret_sealed text NOT NULL,
    -- null: no code has proved yet that an app knows it
    enabled_at {time},
    -- the time step (RFC 6238) of the last code that was taken: none up to it is taken again
    last_step bigint NOT NULL,
    created_at {time} NOT NULL
);

CREATE TABLE recovery_codes (
    user_id {uuid} NOT NULL REFERENCES users (id),
    -- SHA-256 of user and code
    hash text NOT NULL,
    created_at {time} NOT NULL,
    used_at {time},
    PRIMARY KEY (user_id, hash)
);
";
