//! The SQL behind a request, and how fast the database alone runs it.

use std::{
    fs,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};

use crate::{process::Run as _, services::Postgres};

const SETTLE: Duration = Duration::from_millis(500);
const SECONDS: &str = "10";
/// Whoever takes longer to bind what is there does not work.
const LONGEST_BACKLOG: Duration = Duration::from_mins(5);

/// The statements that the database executes during `request`, parameters in place.
pub fn of_request(postgres: &Postgres, request: impl Fn() -> Result<()>) -> Result<Vec<String>> {
    log_statements(postgres, "0")?;
    // The first one fills caches: whom a token belongs to is no part of the list.
    request()?;
    thread::sleep(SETTLE);
    request()?;
    let before = fs::read_to_string(postgres.log())?.len();
    request()?;
    thread::sleep(SETTLE);
    let log = fs::read_to_string(postgres.log())?;
    log_statements(postgres, "-1")?;
    let statements = executed(log.get(before..).unwrap_or_default());
    if statements.is_empty() {
        bail!("the request ran no SQL, or PostgreSQL did not log it");
    }
    Ok(statements)
}

fn log_statements(postgres: &Postgres, value: &str) -> Result<()> {
    let change = format!("ALTER SYSTEM SET log_min_duration_statement = {value}");
    postgres.statement("postgres", &change)?;
    postgres.statement("postgres", "SELECT pg_reload_conf()")?;
    thread::sleep(SETTLE);
    Ok(())
}

/// How many entries of audit logs have no place in their chain, and how long until they all have.
pub fn until_bound(postgres: &Postgres, database: &str) -> Result<(u64, Duration)> {
    let started = Instant::now();
    let left = unbound(postgres, database)?;
    while unbound(postgres, database)? > 0 {
        if started.elapsed() > LONGEST_BACKLOG {
            bail!("nobody binds the entries of the audit log");
        }
        thread::sleep(Duration::from_millis(100));
    }
    Ok((left, started.elapsed()))
}

fn unbound(postgres: &Postgres, database: &str) -> Result<u64> {
    let sql = "SELECT count(*) FROM audit_logs WHERE seq IS NULL";
    let options = ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--command", sql];
    let count = postgres.client("psql", database).args(options).capture()?;
    count.trim().parse().context("psql answered no number")
}

/// Reads `duration: 1 ms  execute name: SELECT $1` and `DETAIL:  parameters: $1 = 'x'`.
fn executed(log: &str) -> Vec<String> {
    let mut statements: Vec<String> = Vec::new();
    for line in log.lines() {
        if let Some((_, rest)) = line.split_once(" ms  execute ") {
            if let Some((_, sql)) = rest.split_once(": ") {
                statements.push(sql.to_owned());
            }
        } else if let Some((_, list)) = line.split_once("DETAIL:  parameters: ")
            && let Some(last) = statements.last_mut()
        {
            *last = with_parameters(last, list);
        }
    }
    statements
        .into_iter()
        .filter(|sql| sql.trim_start().to_ascii_uppercase().starts_with("SELECT"))
        .collect()
}

/// Puts the values of `$1 = 'a', $2 = NULL` into the statement, the last first:
/// `$1` is the beginning of `$12`.
fn with_parameters(sql: &str, list: &str) -> String {
    let values = parameters(list);
    values.iter().enumerate().rev().fold(sql.to_owned(), |sql, (index, value)| {
        sql.replace(&format!("${}", index.saturating_add(1)), value)
    })
}

/// The values as SQL literals, quotes and all.
fn parameters(list: &str) -> Vec<String> {
    let mut values = Vec::new();
    let mut rest = list;
    while let Some((_, after)) = rest.split_once(" = ") {
        let end = literal_end(after);
        let (value, left) = after.split_at(end);
        values.push(value.to_owned());
        rest = left;
    }
    values
}

/// Where the literal at the start of `text` ends; `''` inside is a quote.
fn literal_end(text: &str) -> usize {
    let Some(quoted) = text.strip_prefix('\'') else {
        return text.find(',').unwrap_or(text.len());
    };
    let mut characters = quoted.char_indices().peekable();
    while let Some((index, character)) = characters.next() {
        if character == '\'' && characters.next_if(|(_, next)| *next == '\'').is_none() {
            // One for the opening quote, one to be behind the closing one.
            return index.saturating_add(2);
        }
    }
    text.len()
}

/// A script for pgbench.
pub fn script(statements: &[String]) -> String {
    let mut script = statements.join(";\n");
    script.push_str(";\n");
    script
}

/// Runs of `script` a second over `connections` connections.
pub fn pgbench(
    postgres: &Postgres,
    database: &str,
    script: &Path,
    connections: usize,
) -> Result<f64> {
    let output = postgres
        .client("pgbench", database)
        .args(["--no-vacuum", "--protocol=prepared", "--jobs=2", "--time", SECONDS])
        .args(["--client", &connections.to_string(), "--file"])
        .arg(script)
        .capture()
        .context("pgbench")?;
    output
        .lines()
        .find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok())
        .with_context(|| format!("pgbench names no rate:\n{output}"))
}

#[cfg(test)]
mod tests {
    use super::executed;

    #[test]
    fn statements_are_read_with_their_parameters() {
        let log = "\
2026-01-01 UTC [7] LOG:  duration: 0.1 ms  parse s1: SELECT a FROM t WHERE b = $1
2026-01-01 UTC [7] LOG:  duration: 0.1 ms  bind s1: SELECT a FROM t WHERE b = $1
2026-01-01 UTC [7] DETAIL:  parameters: $1 = 'x'
2026-01-01 UTC [7] LOG:  duration: 0.1 ms  execute s1: SELECT a FROM t WHERE b = $1 AND c = $2
2026-01-01 UTC [7] DETAIL:  parameters: $1 = 'it''s, = 1', $2 = NULL
2026-01-01 UTC [7] LOG:  duration: 0.1 ms  execute s2: UPDATE t SET a = 1
2026-01-01 UTC [7] LOG:  duration: 0.1 ms  execute s3: SELECT 1";
        assert_eq!(
            executed(log),
            ["SELECT a FROM t WHERE b = 'it''s, = 1' AND c = NULL", "SELECT 1"]
        );
    }
}
