//! The browser app: built when its sources changed, then precompressed.

use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};
use brotli::CompressorWriter;

use crate::{
    files,
    process::{Run as _, say},
    setup::{BuildTools, wasm},
    workspace::Workspace,
};

/// What the browser app is made of; relative to the root.
const SOURCES: [&str; 9] = [
    ".cargo/config.toml",
    "frontend",
    "shared",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "xtask/package.json",
    "xtask/src/spa.rs",
    "xtask/src/setup/wasm.rs",
];
/// What servers may send compressed; the rest is compressed already.
const COMPRESSIBLE: [&str; 8] = ["html", "css", "js", "wasm", "json", "svg", "txt", "webmanifest"];
const QUALITY: u32 = 11;
const WINDOW: u32 = 22;
const BUFFER: usize = 64 * 1024;

/// How large the WebAssembly module came out, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// As built.
    pub raw: u64,
    /// As sent.
    pub brotli: u64,
}

/// Builds frontend/dist unless it already is what the sources say.
pub fn build(workspace: &Workspace, tools: &BuildTools) -> Result<Size> {
    let _lock = files::lock(&workspace.wasm_target().join(".lock"))?;
    let stamp = Stamp::of(workspace)?;
    if !stamp.is_current(workspace) {
        bundle(workspace, tools)?;
        precompress(&workspace.dist())?;
        stamp.keep(workspace)?;
    }
    let size = wasm_size(&workspace.dist())?;
    say(format!(
        "browser app: wasm {} KB, {} KB with brotli",
        size.raw.div_ceil(1000),
        size.brotli.div_ceil(1000)
    ));
    Ok(size)
}

/// Makes the folder that the server embeds, so that it compiles without the app.
pub fn ensure_folder(workspace: &Workspace) -> Result<()> {
    fs::create_dir_all(workspace.dist()).context("cannot create frontend/dist")
}

fn bundle(workspace: &Workspace, tools: &BuildTools) -> Result<()> {
    say("building the browser app (a few minutes the first time)");
    // Trunk works offline, and so does the cargo it calls. Naming the target
    // fetches what its standard library is made of, should cargo build that too.
    for target in [&[][..], &["--target", wasm::TARGET]] {
        tools
            .command(workspace, "cargo")?
            .args(["fetch", "--quiet"])
            .args(target)
            .run()
            .context("cargo could not fetch the dependencies of the browser app")?;
    }
    tools
        .command(workspace, "trunk")?
        .args(["build", "--release"])
        .run()
        .context("Trunk could not build the browser app")
}

fn precompress(dist: &Path) -> Result<()> {
    for file in files::walk_all(dist)? {
        let extension = file.extension().and_then(|text| text.to_str()).unwrap_or_default();
        if COMPRESSIBLE.contains(&extension) {
            let content = fs::read(&file)?;
            let target = with_suffix(&file, ".br");
            fs::write(&target, compress(&content)?)
                .with_context(|| format!("cannot write {}", target.display()))?;
        }
    }
    Ok(())
}

fn compress(content: &[u8]) -> Result<Vec<u8>> {
    let mut writer = CompressorWriter::new(Vec::new(), BUFFER, QUALITY, WINDOW);
    writer.write_all(content)?;
    Ok(writer.into_inner())
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn wasm_size(dist: &Path) -> Result<Size> {
    let module = files::walk_all(dist)?
        .into_iter()
        .find(|file| file.extension().is_some_and(|extension| extension == "wasm"));
    let Some(module) = module else {
        bail!("frontend/dist holds no wasm: run `cargo xtask spa`");
    };
    Ok(Size {
        raw: fs::metadata(&module)?.len(),
        brotli: fs::metadata(with_suffix(&module, ".br"))?.len(),
    })
}

/// Says which sources frontend/dist was built from. It lies with the build
/// output: whatever lies in dist is served.
struct Stamp {
    file: PathBuf,
    sources: String,
}

impl Stamp {
    fn of(workspace: &Workspace) -> Result<Self> {
        let checkout = files::short_hash(workspace.root.as_os_str().as_encoded_bytes());
        Ok(Self {
            file: workspace.wasm_target().join(format!("dist-of-{checkout}.stamp")),
            sources: files::stamp(&workspace.root, &SOURCES)?,
        })
    }

    fn is_current(&self, workspace: &Workspace) -> bool {
        let kept = fs::read_to_string(&self.file).unwrap_or_default();
        self.content(workspace).is_ok_and(|content| content == kept)
    }

    fn keep(&self, workspace: &Workspace) -> Result<()> {
        fs::write(&self.file, self.content(workspace)?)
            .with_context(|| format!("cannot write {}", self.file.display()))
    }

    /// Names the sources and the files they became: a dist that somebody
    /// emptied or rebuilt otherwise is not taken for ours.
    fn content(&self, workspace: &Workspace) -> Result<String> {
        let mut content = format!("{}\n", self.sources);
        for file in files::walk_all(&workspace.dist())? {
            let length = fs::metadata(&file)?.len();
            let name = file.strip_prefix(&workspace.root).unwrap_or(&file);
            let _ = writeln!(content, "{} {length}", name.display());
        }
        Ok(content)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::{compress, with_suffix};

    #[test]
    fn what_is_compressed_can_be_read_again() -> anyhow::Result<()> {
        let text = "Contactos y corporaciones. ".repeat(500);
        let packed = compress(text.as_bytes())?;
        assert!(packed.len() < text.len() / 20);
        let mut read = String::new();
        brotli::Decompressor::new(packed.as_slice(), 4096).read_to_string(&mut read)?;
        assert_eq!(read, text);
        Ok(())
    }

    #[test]
    fn the_compressed_file_keeps_the_whole_name() {
        assert_eq!(
            with_suffix("a/app.wasm".as_ref(), ".br"),
            std::path::Path::new("a/app.wasm.br")
        );
    }
}
