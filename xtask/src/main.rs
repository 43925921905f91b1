//! `cargo xtask`: builds, runs, checks and measures the workspace.
//!
//! Each command brings what it needs (see [`setup`]) and says what it does on
//! standard error; results go to standard output.

mod bench;
mod check;
mod files;
mod http;
mod process;
mod run;
mod services;
mod setup;
mod spa;
mod test;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::workspace::Workspace;

const HELP: &str = "\
cargo xtask COMMAND

  setup                    install what building and testing need
  run [--fresh]            build and start Ebenezer with demo data (--fresh: forget the old data)
  test [FILTER...]         every test: unit, API on SQLite and PostgreSQL with Redis, browser
  test --quick [FILTER...] unit and API tests on SQLite alone
  check [NAME...]          format, sources, languages, licences, clippy, openapi
  openapi                  write openapi/openapi.json
  spa                      build the browser app into frontend/dist
  bench [PART...]          measure, as a Markdown table on standard output

Environment: CARGO_TARGET_DIR (build output), EBENEZER_TOOLS (installed tools)
";

fn main() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The whole chain, and no backtrace: the causes say where.
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_else(|| "help".to_owned());
    let arguments: Vec<String> = arguments.collect();
    if matches!(command.as_str(), "help" | "--help" | "-h") {
        print!("{HELP}");
        return Ok(());
    }
    process::watch_signals()?;
    let workspace = Workspace::locate()?;
    match (command.as_str(), arguments.as_slice()) {
        ("setup", []) => setup::everything(&workspace).map(drop),
        ("run", _) => run::run(&workspace, &run::Options::parse(&arguments)?),
        ("test", _) => test::run(&workspace, &test::Options::parse(&arguments)?),
        ("check", names) => check::run(&workspace, names),
        ("openapi", []) => check::openapi::write(&workspace),
        ("spa", []) => spa::build(&workspace, &setup::build_tools(&workspace)?).map(drop),
        ("bench", parts) => bench::run(&workspace, parts),
        _ => bail!("`cargo xtask {command}` does not take these arguments\n\n{HELP}"),
    }
}
