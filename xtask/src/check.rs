//! `cargo xtask check`: everything about the sources that a machine can judge.

mod languages;
mod licences;
pub mod openapi;
mod sources;

use anyhow::{Context as _, Result, bail};

use crate::{
    process::{Run as _, go_on, say},
    spa, test,
    workspace::Workspace,
};

/// A check and its name on the command line; quick ones first.
type Check = (&'static str, fn(&Workspace) -> Result<()>);

const CHECKS: [Check; 6] = [
    ("format", format),
    ("sources", sources::check),
    ("languages", languages::check),
    ("licences", licences::check),
    ("clippy", clippy),
    ("openapi", openapi::check),
];

/// Runs the named checks, all of them when none is named; tells each that failed.
pub fn run(workspace: &Workspace, names: &[String]) -> Result<()> {
    if let Some(unknown) = names.iter().find(|name| CHECKS.iter().all(|one| one.0 != *name)) {
        let known = CHECKS.map(|(name, _)| name).join(", ");
        bail!("there is no check called {unknown}; there are {known}");
    }
    spa::ensure_folder(workspace)?;
    let mut passed = 0_usize;
    let mut failed = Vec::new();
    for (name, check) in CHECKS {
        if !names.is_empty() && !names.iter().any(|one| one == name) {
            continue;
        }
        say(format!("check: {name}"));
        match check(workspace) {
            Ok(()) => passed = passed.saturating_add(1),
            Err(error) => {
                go_on()?;
                eprintln!("{error:#}");
                failed.push(name);
            }
        }
    }
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    println!("checks: {passed} passed, 0 failed");
    Ok(())
}

fn format(workspace: &Workspace) -> Result<()> {
    workspace
        .cargo()
        .args(["fmt", "--all", "--check"])
        .run()
        .context("`cargo fmt --all` puts this right")
}

/// The browser app too: on the normal target, which is enough for lints.
fn clippy(workspace: &Workspace) -> Result<()> {
    workspace
        .cargo()
        .args(["clippy", "--workspace", "--all-targets", "--features", test::FEATURES])
        .args(["--", "--deny", "warnings"])
        .run()
        .context("clippy has objections")
}
