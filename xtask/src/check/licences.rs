//! Every dependency may be used, and comes from where all of them come from.

mod spdx;

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::{process::Run as _, workspace::Workspace};

/// Licences that ask for no more than a notice, or (MPL) for changes to the
/// file itself.
const ALLOWED: [&str; 17] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OpenSSL",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// One TLS, one source of cryptography: these would be a second.
const BANNED: [&str; 4] = ["native-tls", "openssl", "openssl-sys", "ring"];

/// Fails naming every package that may not be here.
pub fn check(workspace: &Workspace) -> Result<()> {
    let metadata = workspace
        .cargo()
        .args(["metadata", "--format-version", "1", "--locked", "--all-features"])
        .capture()
        .context("Cargo.lock does not fit the manifests: build once and commit it")?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata")?;
    let packages = metadata.get("packages").and_then(Value::as_array);
    let packages = packages.context("cargo metadata lists no packages")?;
    // The lock file also names what no platform of ours compiles; the tree does not.
    let tree = workspace
        .cargo()
        .args(["tree", "--workspace", "--all-features", "--target", "all", "--locked"])
        .args(["--prefix", "none", "--format", "{p}"])
        .capture()?;
    let problems: Vec<String> = packages.iter().filter_map(problem).chain(banned(&tree)).collect();
    if problems.is_empty() {
        return Ok(());
    }
    bail!("dependencies that may not be here:\n  {}", problems.join("\n  "))
}

fn problem(package: &Value) -> Option<String> {
    let text = |key: &str| package.get(key).and_then(Value::as_str);
    // Our own packages lie in the workspace and have no source.
    let source = text("source")?;
    let licence = text("license").unwrap_or("(none)");
    let reason = if !is_crates_io(source) {
        format!("comes from {source}, not from crates.io")
    } else if !spdx::allowed(licence, &ALLOWED) {
        format!("is under {licence}")
    } else {
        return None;
    };
    Some(format!("{} {} {reason}", text("name")?, text("version")?))
}

/// The banned ones among lines of `name version ...`.
fn banned(tree: &str) -> BTreeSet<String> {
    tree.lines()
        .filter_map(|line| line.split(' ').next())
        .filter(|name| BANNED.contains(name))
        .map(|name| format!("{name} is banned: `cargo tree --workspace --invert {name}`"))
        .collect()
}

fn is_crates_io(source: &str) -> bool {
    source.starts_with("registry+") && source.ends_with("/crates.io-index")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{banned, problem};

    const SOURCE: &str = "registry+https://example.com/crates.io-index";

    #[test]
    fn what_may_be_here_is_no_problem() {
        let package =
            json!({ "name": "a", "version": "1.0.0", "source": SOURCE, "license": "MIT" });
        assert_eq!(problem(&package), None);
        assert_eq!(problem(&json!({ "name": "ours", "version": "0.1.0", "source": null })), None);
    }

    #[test]
    fn what_may_not_is_named() {
        let told = |name: &str, source: &str, licence: &str| {
            let package =
                json!({ "name": name, "version": "1.0.0", "source": source, "license": licence });
            problem(&package).unwrap_or_default()
        };
        assert_eq!(told("b", SOURCE, "GPL-3.0-only"), "b 1.0.0 is under GPL-3.0-only");
        assert_eq!(banned("a v1.0.0\nring v0.17.0\nring v0.17.0 (*)\nstring v1.0.0").len(), 1);
        assert!(told("c", "git+https://example.com/c", "MIT").contains("crates.io"));
    }
}
