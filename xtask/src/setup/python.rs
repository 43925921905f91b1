//! A virtual environment with other people's implementations of the formats
//! that Ebenezer writes; the tests check against them.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context as _, Result};

use crate::{
    files,
    process::{Run as _, find, say},
    workspace::Workspace,
};

const CAPABLE: &str = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))";

/// A Python that can make virtual environments.
pub fn interpreter() -> Option<PathBuf> {
    // A Python of somebody's own may lack venv where the system's has it.
    let candidates = [find("python3"), Some(PathBuf::from("/usr/bin/python3"))];
    candidates
        .into_iter()
        .flatten()
        .find(|file| Command::new(file).args(["-c", CAPABLE]).run_quietly().is_ok())
}

/// Makes the environment unless it stands; answers its interpreter.
pub fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    let list = workspace.root.join("xtask/requirements.txt");
    let content = fs::read(&list).context("cannot read xtask/requirements.txt")?;
    let folder = workspace.tools.join(format!("python-{}", files::short_hash(&content)));
    let python = folder.join("bin/python");
    let complete = folder.join("complete");
    if complete.is_file() && python.exists() {
        return Ok(python);
    }
    say("installing the Python packages of xtask/requirements.txt");
    let base = interpreter().context("no Python 3.10 with venv")?;
    workspace
        .command(base)
        .args(["-m", "venv", "--clear"])
        .arg(&folder)
        .run()
        .context("the virtual environment could not be made")?;
    workspace
        .command(&python)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"])
        .arg(&list)
        .run()
        .context("pip could not install xtask/requirements.txt; is the package index reachable?")?;
    fs::write(complete, "")?;
    Ok(python)
}
