//! No table that refers to a record is forgotten where records are merged.

use crate::support::TestApp;
use ebenezer::crm::merge::references;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use std::collections::BTreeSet;

db_tests! { every_reference_of_the_schema_takes_part }

const SQLITE: &str = "SELECT m.name, f.\"from\" FROM sqlite_master m
    JOIN pragma_foreign_key_list(m.name) f
    WHERE m.type = 'table' AND f.\"table\" = '{table}' AND f.\"to\" = 'id'";
const POSTGRES: &str = "SELECT c.relname::text, a.attname::text FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid
    JOIN pg_class r ON r.oid = k.confrelid
    JOIN LATERAL unnest(k.conkey, k.confkey) AS u(own, far) ON true
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.own
    JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = u.far
    WHERE k.contype = 'f' AND r.relname = '{table}' AND b.attname = 'id'";

async fn every_reference_of_the_schema_takes_part(app: TestApp) {
    let backend = app.db.get_database_backend();
    let sql = if backend == DbBackend::Sqlite { SQLITE } else { POSTGRES };
    for (table, known) in references() {
        let statement = Statement::from_string(backend, sql.replace("{table}", table));
        let rows = app.db.query_all_raw(statement).await.unwrap();
        let text =
            |row: &sea_orm::QueryResult, index| row.try_get_by_index::<String>(index).unwrap();
        let found: BTreeSet<_> = rows.iter().map(|row| (text(row, 0), text(row, 1))).collect();
        let known: BTreeSet<_> = known
            .into_iter()
            .map(|(table, column)| (table.to_owned(), column.to_owned()))
            .collect();
        assert_eq!(found, known, "what refers to {table}: see crm::merge");
    }
}
