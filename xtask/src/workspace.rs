//! Where things are: the checkout, the build output, the installed tools.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::process::Run as _;

/// Packages whose tests `cargo xtask test` runs.
pub const TESTED_PACKAGES: [&str; 4] =
    ["ebenezer-shared", "ebenezer-migration", "ebenezer", "xtask"];

/// The checkout and the folders outside it that belong to it.
pub struct Workspace {
    /// Root of the checkout.
    pub root: PathBuf,
    /// Build output of the normal toolchain; never assumed to be `target`.
    pub target: PathBuf,
    /// Tools that [`crate::setup`] installs, shared by all checkouts.
    pub tools: PathBuf,
}

impl Workspace {
    /// Finds the workspace this program belongs to.
    pub fn locate() -> Result<Self> {
        let root = root()?;
        let metadata = Command::new(cargo_program())
            .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
            .current_dir(&root)
            .capture()?;
        let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata")?;
        let target = metadata
            .get("target_directory")
            .and_then(Value::as_str)
            .context("cargo metadata names no target directory")?;
        Ok(Self { target: target.into(), tools: tools_folder()?, root })
    }

    /// A cargo command in the root, with the target directory made absolute
    /// and without what the outer `cargo run` left in the environment.
    pub fn cargo(&self) -> Command {
        let mut command = self.command(cargo_program());
        command.env("CARGO_TARGET_DIR", &self.target);
        command
    }

    /// Any other program in the root.
    pub fn command(&self, program: impl Into<OsString>) -> Command {
        let mut command = Command::new(program.into());
        command.current_dir(&self.root);
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            // Build scripts that watch these would run again at every change.
            if text.starts_with("CARGO_PKG_")
                || text.starts_with("CARGO_MANIFEST_")
                || text == "LD_LIBRARY_PATH"
                || text == "CARGO"
            {
                command.env_remove(&name);
            }
        }
        command
    }

    /// Build output of the browser app, apart: another compiler may write it.
    pub fn wasm_target(&self) -> PathBuf {
        self.target.join("wasm")
    }

    /// The built browser app.
    pub fn dist(&self) -> PathBuf {
        self.root.join("frontend/dist")
    }

    /// The version of `package` in Cargo.lock (the first, when there are several).
    pub fn locked_version(&self, package: &str) -> Result<String> {
        let lock = fs::read_to_string(self.root.join("Cargo.lock"))
            .context("Cargo.lock is missing: run `cargo generate-lockfile`")?;
        version_in_lock(&lock, package)
            .map(str::to_owned)
            .with_context(|| format!("Cargo.lock has no package {package}"))
    }
}

fn version_in_lock<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

fn cargo_program() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn root() -> Result<PathBuf> {
    if let Some(manifest) = env::var_os("CARGO_MANIFEST_DIR")
        && let Some(root) = Path::new(&manifest).parent()
    {
        return Ok(root.to_owned());
    }
    let here = env::current_dir()?;
    here.ancestors()
        .find(|folder| folder.join("xtask/Cargo.toml").is_file())
        .map(Path::to_owned)
        .context("run this inside the checkout, as `cargo xtask`")
}

fn tools_folder() -> Result<PathBuf> {
    if let Some(folder) = env::var_os("EBENEZER_TOOLS") {
        return std::path::absolute(folder).context("EBENEZER_TOOLS");
    }
    let cache = match (env::var_os("XDG_CACHE_HOME"), env::var_os("HOME")) {
        (Some(cache), _) if !cache.is_empty() => PathBuf::from(cache),
        (_, Some(home)) => Path::new(&home).join(".cache"),
        _ => anyhow::bail!("HOME is not set: say where tools may live with EBENEZER_TOOLS"),
    };
    Ok(cache.join("ebenezer/tools"))
}

#[cfg(test)]
mod tests {
    use super::version_in_lock;

    #[test]
    fn the_lock_file_names_the_version_of_a_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(version_in_lock(lock, "bindgen"), None);
    }
}
