//! Links by which a browser fetches a file, once.

use crate::dialect::run;
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0010_download_links"
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
CREATE TABLE download_links (
    -- SHA-256 of the token in the link
    hash text NOT NULL PRIMARY KEY,
    session_id {uuid} NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    user_id {uuid} NOT NULL,
    tenant_id {uuid} NOT NULL,
    -- path and query, sealed: what somebody searched for may be a name
    target_sealed text NOT NULL,
    -- of names and headings in the file
    locale text NOT NULL,
    created_at {time} NOT NULL,
    expires_at {time} NOT NULL
);
CREATE INDEX download_links_by_session ON download_links (session_id);
CREATE INDEX download_links_by_end ON download_links (expires_at);
";
