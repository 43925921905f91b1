//! Brings what building and testing need, and does nothing twice.
//!
//! Whatever is already on the machine in the right version is used. The rest
//! goes into one folder outside the checkout (`EBENEZER_TOOLS`), each tool under
//! its version, so that several checkouts share it and none is in another's way.
//! System packages are installed on Debian as root; elsewhere the error says
//! which command would.

mod cargo_tools;
mod node;
mod python;
mod system;
pub mod wasm;

use std::{path::PathBuf, process::Command};

use anyhow::Result;

pub use self::system::postgres_programs;
use crate::{files, process::say, workspace::Workspace};

/// What building the browser app needs.
pub struct BuildTools {
    trunk: PathBuf,
    wasm_bindgen: PathBuf,
    npm: node::Packages,
    wasm: wasm::Std,
}

impl BuildTools {
    /// A command with the tools first on PATH, set up to compile for the browser.
    pub fn command(&self, workspace: &Workspace, program: &str) -> Result<Command> {
        let mut command = workspace.command(program);
        let first = [self.npm.programs(), folder_of(&self.trunk), folder_of(&self.wasm_bindgen)];
        let path = std::env::var_os("PATH").unwrap_or_default();
        let all = first.into_iter().chain(std::env::split_paths(&path));
        command
            .env("PATH", std::env::join_paths(all)?)
            .env("CARGO_TARGET_DIR", workspace.wasm_target())
            // Trunk reads these as its own options and stumbles over "1".
            .env_remove("NO_COLOR");
        self.wasm.configure(&mut command);
        Ok(command)
    }

    /// axe.min.js, for accessibility tests.
    pub fn axe(&self) -> PathBuf {
        self.npm.axe()
    }
}

/// What the tests need.
pub struct TestTools {
    /// For the browser app.
    pub build: BuildTools,
    /// An interpreter with the packages of `xtask/requirements.txt`.
    pub python: PathBuf,
}

/// What `cargo xtask run` and `spa` need.
pub fn build_tools(workspace: &Workspace) -> Result<BuildTools> {
    let _lock = files::lock(&workspace.tools.join(".lock"))?;
    system::require(&system::BUILDING)?;
    build_tools_locked(workspace)
}

/// What `cargo xtask test` needs.
pub fn test_tools(workspace: &Workspace) -> Result<TestTools> {
    let _lock = files::lock(&workspace.tools.join(".lock"))?;
    system::require(&[&system::BUILDING[..], &system::TESTING].concat())?;
    Ok(TestTools { build: build_tools_locked(workspace)?, python: python::ensure(workspace)? })
}

/// The interpreter for tests that need no browser and no services.
pub fn python(workspace: &Workspace) -> Result<PathBuf> {
    let _lock = files::lock(&workspace.tools.join(".lock"))?;
    system::require(&[system::VENV])?;
    python::ensure(workspace)
}

/// `cargo xtask setup`.
pub fn everything(workspace: &Workspace) -> Result<TestTools> {
    let tools = test_tools(workspace)?;
    say(format!("browser app compiler: {}", tools.build.wasm.described()));
    say(format!("trunk: {}", tools.build.trunk.display()));
    say(format!("wasm-bindgen: {}", tools.build.wasm_bindgen.display()));
    say(format!("wasm-opt, axe: {}", tools.build.npm.programs().display()));
    say(format!("python: {}", tools.python.display()));
    say("everything is in place");
    Ok(tools)
}

fn build_tools_locked(workspace: &Workspace) -> Result<BuildTools> {
    Ok(BuildTools {
        wasm: wasm::ensure(workspace)?,
        npm: node::ensure(workspace)?,
        wasm_bindgen: cargo_tools::wasm_bindgen(workspace)?,
        trunk: cargo_tools::trunk(workspace)?,
    })
}

fn folder_of(file: &std::path::Path) -> PathBuf {
    file.parent().map_or_else(PathBuf::new, PathBuf::from)
}
