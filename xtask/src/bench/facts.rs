//! What the figures were measured on.

use std::{fs, process::Command, thread};

use anyhow::Result;

use crate::{process::Run as _, workspace::Workspace};

/// One line of Markdown.
pub fn describe(workspace: &Workspace) -> Result<String> {
    let cores = thread::available_parallelism()?;
    let processor = after_colon("/proc/cpuinfo", "model name").unwrap_or_default();
    let memory = after_colon("/proc/meminfo", "MemTotal")
        .and_then(|text| text.split(' ').next()?.parse::<u64>().ok())
        .map_or_else(String::new, |kibibytes| format!("{} MiB of", kibibytes / 1024));
    let kernel = Command::new("uname").arg("-sr").capture()?;
    let compiler = workspace.command("rustc").arg("--version").capture()?;
    Ok(format!(
        "Machine: {cores} cores ({processor}), {memory} memory, {}, {}; \
         load generator, server and database share them.",
        kernel.trim(),
        compiler.trim()
    ))
}

fn after_colon(file: &str, key: &str) -> Option<String> {
    let content = fs::read_to_string(file).ok()?;
    let line = content.lines().find(|line| line.starts_with(key))?;
    line.split_once(':').map(|(_, value)| value.trim().to_owned())
}
