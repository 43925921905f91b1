//! `ebenezer keys rotate`: sealing everything anew with the first key.
//!
//! What is sealed is found by the names of its columns (`..._sealed`, and the payloads of
//! jobs), so a new one cannot be forgotten. Servers go on meanwhile, configured with the old
//! key and the new one: a value is replaced only while it is still the one that was read. It
//! can be ended at any time and started again: what is sealed with the first key is passed
//! over.

use super::Sealer;
use crate::db::begin_write;
use crate::http::request::RequestInfo;
use crate::platform::activity::Activity;
use crate::state::AppState;
use anyhow::Context as _;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, DbErr, Statement, Value};
use serde_json::json;
use std::io::Write;

/// So many values in one transaction: others write in between.
const BATCH: usize = 200;

/// How it is done.
#[derive(clap::Args)]
pub struct Options {
    /// Values in one transaction
    #[arg(long, default_value_t = BATCH)]
    batch: usize,
}

/// Seals anew what is not sealed with the first key, and prints how much that was.
pub async fn run(state: &AppState, options: &Options, out: &mut impl Write) -> anyhow::Result<()> {
    for plane in &state.planes.all() {
        for column in columns(plane).await? {
            let Sealed { table, name } = &column;
            let pass = renew_column(&state.sealer, plane, &column, options.batch.max(1)).await?;
            writeln!(out, "{table}.{name}: {} sealed anew", pass.renewed)?;
            if pass.left > 0 {
                writeln!(out, "{table}.{name}: {} left that no key opens", pass.left)?;
            }
        }
    }
    note(state).await?;
    writeln!(
        out,
        "All that could be opened is sealed with the first key; the others are no longer needed."
    )?;
    Ok(())
}

/// That it was done, in the platform's log.
async fn note(state: &AppState) -> anyhow::Result<()> {
    let (info, now) = (RequestInfo::of_command_line(), state.clock.now());
    let tx = begin_write(state.planes.platform()).await?;
    let activity =
        Activity::new("keys.rotated", None, None).details(json!({ "by": "command line" }));
    activity.record(&tx, state, &info, now).await?;
    tx.commit().await?;
    Ok(())
}

/// A column that holds sealed values.
struct Sealed {
    table: String,
    name: String,
}

impl Sealed {
    /// Whether what no key opens may stay: such jobs are given up and wait for their key.
    fn may_be_lost(&self) -> bool {
        self.table == "jobs"
    }
}

/// What one way through a column came to.
#[derive(Default)]
struct Pass {
    renewed: u64,
    left: u64,
}

async fn columns(db: &DatabaseConnection) -> Result<Vec<Sealed>, DbErr> {
    let sql = if db.get_database_backend() == DbBackend::Postgres {
        "SELECT table_name::text, column_name::text FROM information_schema.columns
         WHERE table_schema = current_schema()
         AND (column_name LIKE '%\\_sealed' OR (table_name = 'jobs' AND column_name = 'payload'))
         ORDER BY 1, 2"
    } else {
        "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c
         WHERE m.type = 'table'
         AND (c.name LIKE '%\\_sealed' ESCAPE '\\' OR (m.name = 'jobs' AND c.name = 'payload'))
         ORDER BY 1, 2"
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let column = |row: sea_orm::QueryResult| {
        Ok(Sealed { table: row.try_get_by_index(0)?, name: row.try_get_by_index(1)? })
    };
    rows.into_iter().map(column).collect()
}

/// Goes through a column until there is nothing to do.
async fn renew_column(
    sealer: &Sealer,
    db: &DatabaseConnection,
    column: &Sealed,
    batch: usize,
) -> anyhow::Result<Pass> {
    let mut renewed = 0;
    loop {
        // A row that is written meanwhile may move behind or before the place that was read.
        let last = pass(sealer, db, column, batch).await?;
        renewed += last.renewed;
        if last.renewed == 0 {
            return Ok(Pass { renewed, left: last.left });
        }
    }
}

async fn pass(
    sealer: &Sealer,
    db: &DatabaseConnection,
    column: &Sealed,
    batch: usize,
) -> anyhow::Result<Pass> {
    let mut pass = Pass::default();
    let mut after = None;
    loop {
        let rows = next(db, column, after.as_ref()).await?;
        let Some((last, _)) = rows.last() else { return Ok(pass) };
        after = Some(last.clone());
        let old: Vec<(Place, String)> =
            rows.into_iter().filter(|(_, value)| !sealer.is_of_first_key(value)).collect();
        for part in old.chunks(batch) {
            let tx = begin_write(db).await?;
            for (place, value) in part {
                let plain = match sealer.open(value) {
                    Err(_) if column.may_be_lost() => {
                        pass.left += 1;
                        continue;
                    }
                    opened => opened.with_context(|| {
                        format!("{}.{} holds what no key opens", column.table, column.name)
                    })?,
                };
                let statement =
                    replace(db.get_database_backend(), column, place, value, &sealer.seal(&plain));
                pass.renewed += tx.execute_raw(statement).await?.rows_affected();
            }
            tx.commit().await?;
        }
    }
}

/// Where a row is: its `rowid` on SQLite, its `ctid` on PostgreSQL.
type Place = String;

/// Rows that are read at a time.
const READ: usize = 2000;

async fn next(
    db: &DatabaseConnection,
    column: &Sealed,
    after: Option<&Place>,
) -> Result<Vec<(Place, String)>, DbErr> {
    let Sealed { table, name } = column;
    let sql = if db.get_database_backend() == DbBackend::Postgres {
        let after = after.map(|place| format!("AND ctid > '{place}'::tid")).unwrap_or_default();
        format!(
            "SELECT ctid::text, \"{name}\" FROM \"{table}\"
             WHERE \"{name}\" IS NOT NULL {after} ORDER BY ctid LIMIT {READ}"
        )
    } else {
        let after = after.map(|place| format!("AND rowid > {place}")).unwrap_or_default();
        format!(
            "SELECT CAST(rowid AS text), \"{name}\" FROM \"{table}\"
             WHERE \"{name}\" IS NOT NULL {after} ORDER BY rowid LIMIT {READ}"
        )
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let value =
        |row: sea_orm::QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
    rows.into_iter().map(value).collect()
}

/// Replaces the value if it is still there.
fn replace(backend: DbBackend, column: &Sealed, place: &Place, old: &str, new: &str) -> Statement {
    let Sealed { table, name } = column;
    let sql = if backend == DbBackend::Postgres {
        format!(
            "UPDATE \"{table}\" SET \"{name}\" = $1 WHERE ctid = '{place}'::tid AND \"{name}\" = $2"
        )
    } else {
        format!("UPDATE \"{table}\" SET \"{name}\" = ? WHERE rowid = {place} AND \"{name}\" = ?")
    };
    let values: [Value; 2] = [new.into(), old.into()];
    Statement::from_sql_and_values(backend, sql, values)
}
