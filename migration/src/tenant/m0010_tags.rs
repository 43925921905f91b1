//! Tags of contacts and corporations.

use crate::dialect::{Dialect, run};
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0010_tags"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, TAGS).await?;
        for record in ["contact", "corporation"] {
            run(manager, &LINKS.replace("{record}", record)).await?;
        }
        if Dialect::of(manager) == Dialect::Sqlite {
            run(manager, SEARCHED).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const TAGS: &str = r"
CREATE TABLE tags (
    id {uuid} NOT NULL PRIMARY KEY,
    tenant_id {uuid} NOT NULL,
    name text NOT NULL,
    -- the name without case and accents
    name_key {sort} NOT NULL,
    color text NOT NULL,
    version integer NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL,
    UNIQUE (tenant_id, id),
    UNIQUE (tenant_id, name_key)
);
";

const LINKS: &str = r"
CREATE TABLE {record}_tags (
    tenant_id {uuid} NOT NULL,
    {record}_id {uuid} NOT NULL,
    tag_id {uuid} NOT NULL,
    PRIMARY KEY (tenant_id, {record}_id, tag_id),
    FOREIGN KEY (tenant_id, {record}_id) REFERENCES {record}s (tenant_id, id),
    FOREIGN KEY (tenant_id, tag_id) REFERENCES tags (tenant_id, id)
);
CREATE INDEX {record}_tags_by_tag ON {record}_tags (tenant_id, tag_id, {record}_id);
";

/// What a search found is looked up among the records of a tag by their id.
const SEARCHED: &str = r"
DROP INDEX contacts_searched;
CREATE INDEX contacts_searched ON contacts (seq, tenant_id, status, department_id, owner_id, id);
DROP INDEX corporations_searched;
CREATE INDEX corporations_searched ON corporations (seq, tenant_id, status, kind, id);
";
