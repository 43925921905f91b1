//! Search in a table by its `search_text`.

use crate::dialect::{Dialect, run};
use sea_orm_migration::prelude::SchemaManager;
use sea_orm_migration::sea_orm::DbErr;

const POSTGRES: &str = r"
CREATE INDEX {table}_by_text ON {table} USING gin (tenant_id, search_text gin_trgm_ops);
";

const SQLITE: &str = r"
CREATE INDEX {table}_searched ON {table} (seq, tenant_id, {columns}, id);
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

/// Makes an index by parts of words of a table that has `{searched_pk}` and `search_text`.
/// `columns` are those by which its list is filtered. Migrations that have run anywhere depend
/// on it: it makes the same for ever.
pub async fn search_in(
    manager: &SchemaManager<'_>,
    table: &str,
    columns: &str,
) -> Result<(), DbErr> {
    let template = match Dialect::of(manager) {
        Dialect::Postgres => POSTGRES,
        Dialect::Sqlite => SQLITE,
    };
    run(manager, &template.replace("{table}", table).replace("{columns}", columns)).await
}
