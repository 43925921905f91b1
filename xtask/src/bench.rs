//! `cargo xtask bench`: what users feel, measured on the shipped build.
//!
//! It starts what it needs and prints a Markdown table on standard output. It
//! is never a test: a slow machine is no failure.

mod exports;
mod facts;
mod load;
mod server;
mod sql;

use std::{fs, path::Path, time::Duration};

use anyhow::{Context as _, Result, bail};

use self::{
    load::{Load, Work},
    server::Server,
};
use crate::{process::say, run, services::Services, setup, spa, workspace::Workspace};

/// What can be asked for by name; all of it when nothing is.
const PARTS: [&str; 6] = ["wasm", "start", "postgres", "sqlite", "writers", "exports"];
const CONTACTS: &str = "100000";
/// The list as people see it: a page, filtered, sorted, with corporations.
const LIST: &str = "/api/contacts?page=1&page_size=20&status=active&ordering=name";
const SEARCH: &str = "/api/contacts?page=1&page_size=20&status=active&ordering=name&search=garcia";
/// What people type into the search over everything: a name of many, one of few, two letters.
const GLOBAL: [(&str, &str); 3] = [
    ("a common name", "/api/search?q=garcia"),
    ("two words", "/api/search?q=maria%20lopez%20gar"),
    ("two letters", "/api/search?q=ga"),
];
const CONNECTIONS: usize = 16;
/// So many search at the same moment, each again as soon as they have their answer.
const TYPISTS: usize = 4;
/// So many write at once.
const WRITERS: usize = 200;
const WRITTEN: &str = r#"{"first_name":"Ana","last_name":"Gil","allow_duplicate":true}"#;

/// A line of the table: what, measured, goal.
type Row = [String; 3];

/// Measures and prints.
pub fn run(workspace: &Workspace, parts: &[String]) -> Result<()> {
    if let Some(unknown) = parts.iter().find(|part| !PARTS.contains(&part.as_str())) {
        bail!("there is nothing called {unknown} to measure; there are {}", PARTS.join(", "));
    }
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|one| one == part);
    let tools = setup::test_tools(workspace)?;
    let wasm = spa::build(workspace, &tools.build)?;
    let program = run::release_build(workspace)?;
    let services = Services::start()?;
    let mut rows = Vec::new();
    if wanted("wasm") {
        rows.push(wasm_row(wasm));
    }
    if wanted("start") {
        rows.extend(start_and_memory(&program, &services)?);
    }
    if wanted("postgres") {
        rows.extend(list_on_postgres(&program, &services)?);
    }
    if wanted("sqlite") {
        rows.extend(list_on_sqlite(&program, &services)?);
    }
    if wanted("writers") {
        rows.extend(writers(&program, &services)?);
    }
    if wanted("exports") {
        rows.extend(exports::measure(&program, &services)?);
    }
    print(&facts::describe(workspace)?, &rows);
    Ok(())
}

fn print(facts: &str, rows: &[Row]) {
    println!("{facts}\n\n| what | measured | goal |\n|---|---|---|");
    for [what, measured, goal] in rows {
        println!("| {what} | {measured} | {goal} |");
    }
}

fn row(what: &str, measured: String, goal: &str) -> Row {
    [what.to_owned(), measured, goal.to_owned()]
}

fn wasm_row(size: spa::Size) -> Row {
    let kilobytes = |bytes: u64| bytes.div_ceil(1000);
    row(
        "wasm of the browser app",
        format!("{} KB, {} KB with brotli", kilobytes(size.raw), kilobytes(size.brotli)),
        "under 900 KB with brotli",
    )
}

/// The demo on `SQLite`, as somebody trying it out runs it.
fn start_and_memory(program: &Path, services: &Services) -> Result<Vec<Row>> {
    say("measuring start and memory");
    let folder = services.folder("demo")?;
    let logins = server::seed(program, &folder, None, &[])?;
    let server = Server::start(program, &folder, None)?;
    let start = server.started_in;
    std::thread::sleep(Duration::from_secs(3));
    let idle = server.memory()?;
    let token = server.log_in(&logins)?;
    Load::run(server.address, Work::get(LIST), &token, CONNECTIONS)?;
    let busy = server.peak_memory()?;
    Ok(vec![
        row("cold start to first answer", milliseconds(start), "under 1 s"),
        row("memory of `serve`, idle with the demo", megabytes(idle), "under 50 MB"),
        row("memory of `serve`, peak under load", megabytes(busy), "under 150 MB"),
    ])
}

fn list_on_postgres(program: &Path, services: &Services) -> Result<Vec<Row>> {
    let database = services.postgres.create_database("bench")?;
    let folder = services.folder("postgres-bench")?;
    let (server, token, seeding) = large(program, &folder, Some(&database))?;
    services.postgres.statement("bench", "VACUUM ANALYZE")?;
    let plain = Load::run(server.address, Work::get(LIST), &token, CONNECTIONS)?;
    let search = Load::run(server.address, Work::get(SEARCH), &token, CONNECTIONS)?;
    let global = global_search(&server, &token, "PostgreSQL")?;
    let peak = server.peak_memory()?;
    let statements = sql::of_request(&services.postgres, || server.get(LIST, &token).map(drop))?;
    let script = folder.join("list.sql");
    fs::write(&script, sql::script(&statements)).context("cannot write the pgbench script")?;
    say(format!("pgbench runs what the list runs:\n{}", sql::script(&statements)));
    let rate = sql::pgbench(&services.postgres, "bench", &script, CONNECTIONS)?;
    let mut rows = vec![
        row(&seeded("PostgreSQL"), seconds(seeding), "under 60 s"),
        row("contact list, PostgreSQL, 16 connections", plain.described(), "see the next line"),
        row(
            &format!("pgbench with its {} statements; ratio", statements.len()),
            format!("{rate:.0}/s; {:.2}", plain.rate / rate),
            "0.5 or more",
        ),
        search_row("PostgreSQL", &plain, &search),
        row("memory of `serve`, peak under this load", megabytes(peak), "under 150 MB"),
    ];
    rows.extend(global);
    Ok(rows)
}

fn list_on_sqlite(program: &Path, services: &Services) -> Result<Vec<Row>> {
    let folder = services.folder("sqlite-bench")?;
    let (server, token, seeding) = large(program, &folder, None)?;
    let plain = Load::run(server.address, Work::get(LIST), &token, CONNECTIONS)?;
    let search = Load::run(server.address, Work::get(SEARCH), &token, CONNECTIONS)?;
    let global = global_search(&server, &token, "SQLite")?;
    let peak = server.peak_memory()?;
    let mut rows = vec![
        row(&seeded("SQLite"), seconds(seeding), "under 60 s"),
        row("contact list, SQLite, 16 connections", plain.described(), "–"),
        search_row("SQLite", &plain, &search),
        row("memory of `serve`, peak under this load", megabytes(peak), "under 150 MB"),
    ];
    rows.extend(global);
    Ok(rows)
}

/// Whether those who write wait for the chain that their entries are bound into: the same
/// with and without somebody who binds them, each on a database of its own.
fn writers(program: &Path, services: &Services) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (name, postgres) in [("PostgreSQL", true), ("SQLite", false)] {
        let mut rates = Vec::new();
        for (what, option) in [("unbound", &["--no-worker"][..]), ("bound", &[])] {
            say(format!("measuring {WRITERS} writers on {name}, entries {what}"));
            let place = format!("writers_{what}");
            let database = postgres.then(|| services.postgres.create_database(&place));
            let database = database.transpose()?;
            let folder = services.folder(&format!("{place}_{name}"))?;
            let logins = server::seed(program, &folder, database.as_deref(), &[])?;
            let server = Server::start_with(program, &folder, database.as_deref(), option)?;
            let token = server.log_in(&logins)?;
            let work = Work::create("/api/contacts", WRITTEN);
            let load = Load::run(server.address, work, &token, WRITERS)?;
            rates.push(load.rate);
            let what = format!("{WRITERS} create contacts at once, {name}, entries {what}");
            rows.push(row(&what, load.described(), "–"));
            if postgres && option.is_empty() {
                let (left, took) = sql::until_bound(&services.postgres, &place)?;
                let behind = format!("{left} entries, bound {} later", seconds(took));
                rows.push(row("entries unbound when the writers stop", behind, "–"));
            }
        }
        let ratio = rates.iter().copied().reduce(|unbound, bound| bound / unbound);
        let ratio = ratio.unwrap_or_default();
        let what = format!("bound against unbound, {name}");
        rows.push(row(&what, format!("{ratio:.2}"), "about 1: not slowed by the chain"));
    }
    Ok(rows)
}

/// A server with many contacts, somebody logged in, and how long filling it took.
fn large(
    program: &Path,
    folder: &Path,
    database: Option<&str>,
) -> Result<(Server, String, Duration)> {
    say(format!("filling a database with {CONTACTS} contacts"));
    let started = std::time::Instant::now();
    let logins = server::seed(program, folder, database, &["--contacts", CONTACTS])?;
    let took = started.elapsed();
    let server = Server::start(program, folder, database)?;
    let token = server.log_in(&logins)?;
    say("measuring the contact list");
    Ok((server, token, took))
}

/// The search over everything, by as many as type at once in a firm of that size.
fn global_search(server: &Server, token: &str, database: &str) -> Result<Vec<Row>> {
    say("measuring the search over everything");
    let measure = |(what, path): &(&str, &str)| {
        let load = Load::run(server.address, Work::get(path), token, TYPISTS)?;
        let what = format!("search over everything, {what}, {database}, {TYPISTS} connections");
        Ok(row(&what, load.described(), "p95 under 100 ms"))
    };
    GLOBAL.iter().map(measure).collect()
}

fn seeded(database: &str) -> String {
    format!("`seed-demo --contacts {CONTACTS}`, {database}")
}

fn search_row(database: &str, plain: &Load, search: &Load) -> Row {
    let ratio = search.p95.as_secs_f64() / plain.p95.as_secs_f64();
    row(
        &format!("the same with a search word, {database}"),
        format!("{}; p95 is {ratio:.1} times the plain list's", search.described()),
        "p95 within 3 times",
    )
}

fn milliseconds(time: Duration) -> String {
    format!("{} ms", time.as_millis())
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn megabytes(kibibytes: u64) -> String {
    format!("{} MB", kibibytes.saturating_mul(1024).div_ceil(1_000_000))
}
