//! Small files, and none that knows the machine it was written on.

use std::{
    env, fs,
    path::{Component, Path},
};

use anyhow::{Result, bail};

use crate::{files, process::say, workspace::Workspace};

/// Files of code above this fail.
const MOST_LINES: usize = 400;
/// Files of code above this are told.
const MANY_LINES: usize = 300;

/// Fails naming every file that is too long or holds a path of this machine.
pub fn check(workspace: &Workspace) -> Result<()> {
    let local = local_paths(workspace);
    let mut problems = Vec::new();
    let mut long = 0_usize;
    for file in files::walk(&workspace.root)? {
        // Pictures and the like are not text.
        let Ok(content) = fs::read_to_string(&file) else {
            continue;
        };
        let name = file.strip_prefix(&workspace.root).unwrap_or(&file);
        if is_code(name) {
            let lines = content.lines().count();
            long = long.saturating_add(usize::from(lines > MANY_LINES));
            if lines > MOST_LINES {
                problems.push(format!("{}: {lines} lines, {MOST_LINES} at most", name.display()));
            }
        }
        for (number, path) in machine_paths(&content, &local) {
            problems.push(format!("{}:{number}: names {path}", name.display()));
        }
    }
    say(format!("{long} files of code are longer than {MANY_LINES} lines"));
    if problems.is_empty() {
        return Ok(());
    }
    bail!("{}", problems.join("\n"))
}

/// Rust that is shipped; tests may be as long as what they tell.
fn is_code(name: &Path) -> bool {
    let is_test = name.components().any(|part| part == Component::Normal("tests".as_ref()))
        || name.file_stem().is_some_and(|stem| stem == "tests");
    name.extension().is_some_and(|extension| extension == "rs") && !is_test
}

/// Folders of this very machine that no file may name.
fn local_paths(workspace: &Workspace) -> Vec<String> {
    let home = env::var("HOME").unwrap_or_default();
    let root = workspace.root.to_string_lossy().into_owned();
    [format!("{home}/"), root].into_iter().filter(|path| path.len() > 4).collect()
}

/// Line numbers with the local path found in them.
fn machine_paths<'a>(
    content: &'a str,
    local: &'a [String],
) -> impl Iterator<Item = (usize, &'a str)> {
    content.lines().enumerate().filter_map(move |(index, line)| {
        let path = local.iter().find(|path| line.contains(path.as_str()))?;
        Some((index.saturating_add(1), path.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::{is_code, machine_paths};

    #[test]
    fn tests_are_not_measured() {
        assert!(is_code("backend/src/app.rs".as_ref()));
        assert!(!is_code("backend/tests/api/main.rs".as_ref()));
        assert!(!is_code("shared/src/money/tests.rs".as_ref()));
        assert!(!is_code("frontend/styles/base.css".as_ref()));
    }

    #[test]
    fn paths_of_this_machine_are_found() {
        let local = ["/srv/someone/".to_owned()];
        let found: Vec<_> = machine_paths("a\nsee /srv/someone/x\n/srv/else", &local).collect();
        assert_eq!(found, [(2, "/srv/someone/")]);
    }
}
