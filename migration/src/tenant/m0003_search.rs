//! Search inside words over the normalised text: trigrams on both databases.
//!
//! `PostgreSQL` joins the tenant to the trigrams in one GIN index (both extensions are
//! trusted ones, so the database's owner may create them). `SQLite` has an FTS5 index with
//! the trigram tokenizer, kept by triggers.

use crate::dialect::{Dialect, run};
use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0003_search"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        match Dialect::of(manager) {
            Dialect::Postgres => run(manager, POSTGRES).await,
            Dialect::Sqlite => {
                for (table, filters) in SEARCHED {
                    let sql = SQLITE.replace("{table}", table).replace("{filters}", filters);
                    run(manager, &sql).await?;
                }
                Ok(())
            }
        }
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const POSTGRES: &str = r"
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE INDEX contacts_by_text ON contacts USING gin (tenant_id, search_text gin_trgm_ops);
CREATE INDEX corporations_by_text ON corporations USING gin (tenant_id, search_text gin_trgm_ops);
";

/// Searched tables, and the columns that their lists are filtered by.
const SEARCHED: [(&str, &str); 2] =
    [("contacts", "status, department_id, owner_id"), ("corporations", "status, kind")];

const SQLITE: &str = r"
-- What was found is counted without a look at the rows themselves.
CREATE INDEX {table}_searched ON {table} (seq, tenant_id, {filters});
CREATE VIRTUAL TABLE {table}_search USING fts5 (
    search_text, content = '{table}', content_rowid = 'seq', tokenize = 'trigram'
);
CREATE TRIGGER {table}_search_insert AFTER INSERT ON {table} BEGIN
    INSERT INTO {table}_search (rowid, search_text) VALUES (new.seq, new.search_text);
END;
CREATE TRIGGER {table}_search_delete AFTER DELETE ON {table} BEGIN
    INSERT INTO {table}_search ({table}_search, rowid, search_text)
    VALUES ('delete', old.seq, old.search_text);
END;
CREATE TRIGGER {table}_search_update AFTER UPDATE OF search_text ON {table} BEGIN
    INSERT INTO {table}_search ({table}_search, rowid, search_text)
    VALUES ('delete', old.seq, old.search_text);
    INSERT INTO {table}_search (rowid, search_text) VALUES (new.seq, new.search_text);
END;
";
