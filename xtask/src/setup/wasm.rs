//! A standard library for `wasm32-unknown-unknown`.
//!
//! Rustup's target where it can be had. Where it cannot, Debian's compiler for
//! web browsers brings the sources of its standard library, which cargo builds;
//! the variables this takes are set for Trunk alone, never for other builds.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};

use super::system;
use crate::{
    process::{Run as _, find, say},
    workspace::Workspace,
};

/// The platform that browsers are.
pub const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_SOURCE: &str = "/usr/lib/rustlib/src/rust/library/std/Cargo.toml";
const DOWNLOAD_LIMIT: Duration = Duration::from_mins(3);

/// Names the only way to try ("rustup" or "debian"); for testing this module.
const ONLY: &str = "EBENEZER_WASM_STD";

/// Where the standard library comes from.
pub enum Std {
    /// The toolchain carries it.
    Installed,
    /// Cargo builds it from Debian's sources with Debian's compiler.
    Debian {
        /// A linker for WebAssembly.
        linker: PathBuf,
    },
}

impl Std {
    /// Sets what cargo needs to compile for the browser.
    pub fn configure(&self, command: &mut Command) {
        if let Self::Debian { linker } = self {
            command
                .env("RUSTC", DEBIAN_RUSTC)
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
    }

    /// In words.
    pub fn described(&self) -> String {
        match self {
            Self::Installed => format!("the toolchain, with its target {TARGET}"),
            Self::Debian { linker } => {
                format!("Debian's rustc-web, linking with {}", linker.display())
            }
        }
    }
}

/// Finds or installs it.
pub fn ensure(workspace: &Workspace) -> Result<Std> {
    let only = std::env::var(ONLY).unwrap_or_default();
    if only != "debian" {
        if target_installed(workspace)? {
            return Ok(Std::Installed);
        }
        let debian_ready = only.is_empty() && debian_installed();
        if !debian_ready && add_target(workspace) && target_installed(workspace)? {
            return Ok(Std::Installed);
        }
        if only == "rustup" {
            bail!("rustup has no target {TARGET} and {ONLY}=rustup forbids another way");
        }
    }
    if !debian_installed() {
        system::install(
            &["rustc-web", "rust-web-src"],
            "a Rust standard library for the browser (`rustup target add \
             wasm32-unknown-unknown` did not work)",
        )?;
    }
    check_debian_version(workspace)?;
    Ok(Std::Debian { linker: linker(workspace)? })
}

fn target_installed(workspace: &Workspace) -> Result<bool> {
    let sysroot = workspace.command("rustc").args(["--print", "sysroot"]).capture()?;
    Ok(Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).join("lib").is_dir())
}

fn add_target(workspace: &Workspace) -> bool {
    if find("rustup").is_none() {
        return false;
    }
    say(format!("rustup target add {TARGET}"));
    let added =
        workspace.command("rustup").args(["target", "add", TARGET]).run_within(DOWNLOAD_LIMIT);
    if let Err(error) = &added {
        say(format!("not to be had from rustup ({error}); trying Debian's packages"));
    }
    added.is_ok()
}

fn debian_installed() -> bool {
    Path::new(DEBIAN_RUSTC).exists() && Path::new(DEBIAN_SOURCE).exists()
}

/// Debian's compiler must be as new as the workspace asks.
fn check_debian_version(workspace: &Workspace) -> Result<()> {
    let manifest = std::fs::read_to_string(workspace.root.join("Cargo.toml"))?;
    let wanted = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = "))
        .and_then(|text| minor(text.trim_matches('"')))
        .context("Cargo.toml names no rust-version")?;
    let answer = workspace.command(DEBIAN_RUSTC).arg("--version").capture()?;
    let has = answer.split(' ').nth(1).and_then(minor).context("rustc names no version")?;
    if has < wanted {
        bail!(
            "{DEBIAN_RUSTC} is Rust 1.{has}, the workspace needs 1.{wanted}: \
             `rustup target add {TARGET}` or a newer rustc-web is needed"
        );
    }
    Ok(())
}

fn minor(version: &str) -> Option<u32> {
    version.split('.').nth(1)?.parse().ok()
}

/// rust-lld of the toolchain, else a wasm-ld from Debian.
fn linker(workspace: &Workspace) -> Result<PathBuf> {
    if let Some(linker) = rust_lld(workspace)? {
        return Ok(linker);
    }
    if let Some(linker) = wasm_ld() {
        return Ok(linker);
    }
    system::install(&["lld-19"], "a linker for WebAssembly")?;
    wasm_ld().context("lld-19 was installed, yet there is no wasm-ld")
}

fn rust_lld(workspace: &Workspace) -> Result<Option<PathBuf>> {
    let answer = workspace.command("rustc").args(["--print", "target-libdir"]).capture()?;
    let lld = Path::new(answer.trim()).parent().map(|folder| folder.join("bin/rust-lld"));
    Ok(lld.filter(|file| file.is_file()))
}

/// Versions older than these do not know what today's compiler writes.
fn wasm_ld() -> Option<PathBuf> {
    (19..40).rev().find_map(|version| find(&format!("wasm-ld-{version}")))
}

#[cfg(test)]
mod tests {
    use super::minor;

    #[test]
    fn versions_are_compared_by_their_second_number() {
        assert_eq!(minor("1.96.0"), Some(96));
        assert_eq!(minor("1.95"), Some(95));
        assert_eq!(minor("nightly"), None);
    }
}
