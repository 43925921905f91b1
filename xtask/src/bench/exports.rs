//! How much memory large files take.

use std::{path::Path, time::Instant};

use anyhow::{Result, ensure};

use super::{Row, megabytes, row, seconds, server, server::Server};
use crate::{process::say, services::Services};

/// The largest files that there are: kind, rows.
const FILES: [(&str, usize); 2] = [("csv", 500_000), ("xlsx", 100_000)];

/// So many contacts the demo firm has at most by itself: a file holds no more rows than asked.
const OF_THE_DEMO: usize = 1000;

/// Each on a server of its own, so that neither profits from what the other left.
pub fn measure(program: &Path, services: &Services) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (kind, count) in FILES {
        for (name, postgres) in [("PostgreSQL", true), ("SQLite", false)] {
            rows.push(one(program, services, (kind, count), (name, postgres))?);
        }
    }
    Ok(rows)
}

fn one(
    program: &Path,
    services: &Services,
    (kind, count): (&str, usize),
    (name, postgres): (&str, bool),
) -> Result<Row> {
    let place = format!("exports_{kind}");
    let database = postgres.then(|| services.postgres.create_database(&place)).transpose()?;
    let folder = services.folder(&format!("{place}_{name}"))?;
    say(format!("filling a database with {count} contacts"));
    // The demo firm itself has some more.
    let count = (count - OF_THE_DEMO).to_string();
    let logins = server::seed(program, &folder, database.as_deref(), &["--contacts", &count])?;
    if postgres {
        services.postgres.statement(&place, "VACUUM ANALYZE")?;
    }
    let server = Server::start(program, &folder, database.as_deref())?;
    let token = server.log_in(&logins)?;
    // What each process has once: its code, its connections, their caches.
    server.get(&format!("/api/exports/contacts?search=garcia&format={kind}"), &token)?;
    server.forget_peak()?;
    let before = server.memory()?;
    say(format!("exporting {count} contacts as {kind}"));
    let started = Instant::now();
    let answer = server.get(&format!("/api/exports/contacts?format={kind}"), &token)?;
    let took = started.elapsed();
    ensure!(answer.status == 200, "{}", String::from_utf8_lossy(&answer.body));
    let grown = server.peak_memory()?.saturating_sub(before);
    let size = answer.body.len().div_ceil(1_000_000);
    let measured = format!("{}; {size} MB in {}", megabytes(grown), seconds(took));
    let what = format!("memory that {kind} of {count} contacts takes, {name}");
    Ok(row(&what, measured, "under 64 MB"))
}
