//! The committed `OpenAPI` document is the one the server serves.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::{
    process::{Run as _, say},
    spa, test,
    workspace::Workspace,
};

/// Writes the document; `cargo xtask openapi`.
pub fn write(workspace: &Workspace) -> Result<()> {
    let document = generated(workspace)?;
    let file = committed(workspace);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&file, document).with_context(|| format!("cannot write {}", file.display()))?;
    say("wrote openapi/openapi.json");
    Ok(())
}

/// Fails when the committed document is another than the code's.
pub fn check(workspace: &Workspace) -> Result<()> {
    let document = generated(workspace)?;
    let kept = fs::read_to_string(committed(workspace)).unwrap_or_default();
    match first_difference(&kept, &document) {
        None => Ok(()),
        Some((number, line)) => bail!(
            "openapi/openapi.json is not what the code says, from line {number} on:\n  {line}\n\
             `cargo xtask openapi` writes it anew; commit it with the code"
        ),
    }
}

fn committed(workspace: &Workspace) -> PathBuf {
    workspace.root.join("openapi/openapi.json")
}

fn generated(workspace: &Workspace) -> Result<String> {
    spa::ensure_folder(workspace)?;
    // Built beside a test: `cargo build` would unify the features of the
    // dependencies otherwise, and compile most of them a second time.
    let mut command = test::cargo_test(workspace);
    command.args(["--no-run", "--features", test::FEATURES, "--test", test::BROWSER]);
    command.arg("--message-format=json-render-diagnostics");
    let messages = command.capture().context("the server does not compile")?;
    let server = messages.lines().rev().find_map(server_of).context("cargo built no server")?;
    workspace.command(server).arg("openapi").capture()
}

/// Where cargo says that it put the server's program: a build of tests does not put it
/// beside the others.
fn server_of(message: &str) -> Option<String> {
    let message: serde_json::Value = serde_json::from_str(message).ok()?;
    let target = message.get("target")?;
    let is_program = target.get("kind")?.as_array()?.iter().any(|kind| kind == "bin");
    let is_server = target.get("name")? == "ebenezer";
    (is_program && is_server).then(|| message.get("executable")?.as_str().map(str::to_owned))?
}

/// Number and new text of the first line that differs.
fn first_difference<'a>(old: &str, new: &'a str) -> Option<(usize, &'a str)> {
    if old.trim_end() == new.trim_end() {
        return None;
    }
    let mut old_lines = old.lines();
    let differs = new.lines().enumerate().find(|(_, line)| old_lines.next() != Some(*line));
    let (index, line) = differs.unwrap_or((new.lines().count(), "(more lines in the old one)"));
    Some((index.saturating_add(1), line))
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn the_first_line_that_differs_is_named() {
        assert_eq!(first_difference("a\nb\n", "a\nb"), None);
        assert_eq!(first_difference("a\nb", "a\nc"), Some((2, "c")));
        assert_eq!(first_difference("", "a"), Some((1, "a")));
        assert_eq!(first_difference("a\nb\nc", "a\nb").map(|(line, _)| line), Some(3));
    }
}
