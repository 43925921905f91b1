//! Reading folders: walking, hashing, locking.

use std::{
    fmt::Write as _,
    fs::{self, File},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

/// Folders that hold nothing somebody wrote.
const GENERATED: [&str; 6] = [".git", "target", "dist", "node_modules", "data", "test-output"];

/// Every written file under `folder` in a stable order, generated ones left out.
pub fn walk(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(folder, &mut found, &GENERATED)?;
    found.sort();
    Ok(found)
}

/// Every file under `folder`, whatever made it.
pub fn walk_all(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(folder, &mut found, &[])?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>, left_out: &[&str]) -> Result<()> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_file() {
            found.push(entry.path());
        } else if kind.is_dir() && !left_out.iter().any(|name| entry.file_name() == *name) {
            collect(&entry.path(), found, left_out)?;
        }
    }
    Ok(())
}

/// A hash over names and contents of `paths` (files or folders) below `root`.
pub fn stamp(root: &Path, paths: &[&str]) -> Result<String> {
    let mut hash = Sha256::new();
    for path in paths {
        let path = root.join(path);
        let files = if path.is_dir() { walk(&path)? } else { vec![path] };
        for file in files {
            let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().into_owned();
            let content =
                fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            hash.update(name.len().to_le_bytes());
            hash.update(name);
            hash.update(content.len().to_le_bytes());
            hash.update(content);
        }
    }
    Ok(hex(&hash.finalize()))
}

/// A short hash of `content`, for names.
pub fn short_hash(content: &[u8]) -> String {
    hex(&Sha256::digest(content)).chars().take(12).collect()
}

/// Two hexadecimal digits a byte.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Waits until no other `cargo xtask` holds `file`; dropping the answer lets go.
pub fn lock(file: &Path) -> Result<File> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
    }
    let lock = File::create(file).with_context(|| format!("cannot write {}", file.display()))?;
    if lock.try_lock().is_err() {
        crate::process::say("waiting for another cargo xtask to finish with the same files");
        lock.lock()?;
    }
    Ok(lock)
}
