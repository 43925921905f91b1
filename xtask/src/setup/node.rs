//! Programs from npm: a wasm-opt that works, and axe for accessibility tests.
//!
//! Older wasm-opt builds, Debian's among them, write modules that validate and
//! then fail to start; so the one on PATH is never taken.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result};

use crate::{
    files,
    process::{Run as _, say},
    workspace::Workspace,
};

/// The folder where the packages of `xtask/package.json` are installed.
pub struct Packages(PathBuf);

impl Packages {
    /// The folder of their programs.
    pub fn programs(&self) -> PathBuf {
        self.0.join("node_modules/.bin")
    }

    /// axe.min.js.
    pub fn axe(&self) -> PathBuf {
        self.0.join("node_modules/axe-core/axe.min.js")
    }
}

/// Installs them unless this very list is installed.
pub fn ensure(workspace: &Workspace) -> Result<Packages> {
    let list = fs::read(workspace.root.join("xtask/package.json"))
        .context("cannot read xtask/package.json")?;
    let folder = workspace.tools.join(format!("npm-{}", files::short_hash(&list)));
    let packages = Packages(folder.clone());
    let complete = folder.join("complete");
    if complete.is_file() {
        return Ok(packages);
    }
    say("installing binaryen and axe-core from npm");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("package.json"), &list)?;
    workspace
        .command("npm")
        .args(["install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"])
        .args(["--loglevel", "error"])
        .current_dir(&folder)
        .run()
        .context("npm could not install the packages of xtask/package.json; is npm's registry reachable?")?;
    fs::write(complete, "")?;
    Ok(packages)
}
