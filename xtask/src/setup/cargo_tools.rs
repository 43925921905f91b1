//! Trunk and wasm-bindgen, installed by cargo under their versions.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};

use crate::{
    process::{Run as _, find, say},
    workspace::Workspace,
};

/// The newest release that this workspace's Rust version builds.
const TRUNK: &str = "0.21.14";

struct Tool<'a> {
    package: &'a str,
    program: &'a str,
    version: &'a str,
    /// Arguments of `cargo install`.
    arguments: &'a [&'a str],
    minutes: u32,
}

/// Trunk, which bundles the browser app.
pub fn trunk(workspace: &Workspace) -> Result<PathBuf> {
    ensure(
        workspace,
        &Tool {
            package: "trunk",
            program: "trunk",
            version: TRUNK,
            // It never downloads here (Trunk.toml), so it needs no TLS.
            arguments: &["--locked", "--no-default-features"],
            minutes: 5,
        },
    )
}

/// wasm-bindgen of exactly the version that the browser app links.
pub fn wasm_bindgen(workspace: &Workspace) -> Result<PathBuf> {
    let version = workspace.locked_version("wasm-bindgen")?;
    ensure(
        workspace,
        &Tool {
            package: "wasm-bindgen-cli",
            program: "wasm-bindgen",
            version: &version,
            // Its own lock file pins crates that no longer build.
            arguments: &[],
            minutes: 3,
        },
    )
}

fn ensure(workspace: &Workspace, tool: &Tool<'_>) -> Result<PathBuf> {
    let folder = workspace.tools.join(format!("{}-{}", tool.program, tool.version));
    let own = folder.join("bin").join(tool.program);
    if own.is_file() {
        return Ok(own);
    }
    if let Some(found) = find(tool.program).filter(|file| answers(file, tool)) {
        return Ok(found);
    }
    install(workspace, tool, &folder)?;
    Ok(own)
}

fn answers(file: &Path, tool: &Tool<'_>) -> bool {
    Command::new(file)
        .arg("--version")
        .capture()
        .is_ok_and(|text| text.trim() == format!("{} {}", tool.program, tool.version))
}

fn install(workspace: &Workspace, tool: &Tool<'_>, folder: &Path) -> Result<()> {
    let Tool { package, version, minutes, .. } = tool;
    say(format!("installing {package} {version} (once, about {minutes} minutes on two cores)"));
    // Kept until it is done: an installation that was interrupted goes on.
    let build = workspace.tools.join("build");
    workspace
        .cargo()
        .args(["install", package, "--version", version, "--root"])
        .arg(folder)
        .args(tool.arguments)
        .current_dir(&workspace.tools)
        .env("CARGO_TARGET_DIR", &build)
        // Whole-program optimisation costs minutes and buys nothing here.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "2")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
        .run()
        .with_context(|| {
            format!(
                "{package} {version} could not be installed; once it is on PATH \
                 (`cargo install {package} --version {version}`) this step is skipped"
            )
        })?;
    fs::remove_dir_all(&build).or_else(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    })?;
    Ok(())
}
