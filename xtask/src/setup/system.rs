//! Programs that come from the system's package manager.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};

use crate::process::{Run as _, find, say};

/// Something to be found on the machine, and the Debian packages that bring it.
#[derive(Clone, Copy)]
pub struct Requirement {
    name: &'static str,
    packages: &'static [&'static str],
    present: fn() -> bool,
}

/// A C compiler and the programs that Trunk's post-processing needs.
pub const BUILDING: [Requirement; 2] = [
    Requirement {
        name: "a C compiler (cc)",
        packages: &["gcc", "libc6-dev"],
        present: || find("cc").is_some(),
    },
    Requirement {
        name: "Node.js with npm",
        packages: &["nodejs", "npm"],
        present: || find("node").is_some() && find("npm").is_some(),
    },
];

/// Python that can make virtual environments.
pub const VENV: Requirement = Requirement {
    name: "Python 3.10 or newer with venv",
    packages: &["python3", "python3-venv"],
    present: || super::python::interpreter().is_some(),
};

/// Services, browser, readers of formats and fonts that the tests use.
pub const TESTING: [Requirement; 8] = [
    Requirement {
        name: "Chromium with ChromeDriver",
        packages: &["chromium", "chromium-driver"],
        present: || {
            find("chromedriver").is_some()
                && ["chromium", "google-chrome", "chrome"].iter().any(|name| find(name).is_some())
        },
    },
    Requirement {
        name: "PostgreSQL 15 or newer (server programs)",
        packages: &["postgresql"],
        present: || postgres_programs().is_some(),
    },
    Requirement {
        name: "Redis 7 (redis-server)",
        packages: &["redis-server"],
        present: || find("redis-server").is_some(),
    },
    Requirement { name: "qpdf", packages: &["qpdf"], present: || find("qpdf").is_some() },
    Requirement {
        name: "pdftotext of Poppler",
        packages: &["poppler-utils"],
        present: || find("pdftotext").is_some(),
    },
    Requirement {
        name: "setpriv of util-linux",
        packages: &["util-linux"],
        present: || !cfg!(target_os = "linux") || find("setpriv").is_some(),
    },
    Requirement {
        name: "a font with accents for screenshots",
        packages: &["fonts-noto-core"],
        present: || !is_debian() || Path::new("/usr/share/fonts/truetype/noto").is_dir(),
    },
    VENV,
];

/// The folder with the programs of the newest `PostgreSQL`: Debian keeps them off PATH.
pub fn postgres_programs() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").ok().and_then(newest);
    let linked = find("initdb").and_then(|initdb| initdb.canonicalize().ok());
    let on_path = linked.and_then(|initdb| initdb.parent().map(Path::to_owned));
    debian.or(on_path).filter(|folder| holds_server(folder))
}

fn newest(versions: fs::ReadDir) -> Option<PathBuf> {
    versions
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let version: u32 = path.file_name()?.to_str()?.parse().ok()?;
            let programs = path.join("bin");
            (version >= 15 && holds_server(&programs)).then_some((version, programs))
        })
        .max()
        .map(|(_, programs)| programs)
}

fn holds_server(folder: &Path) -> bool {
    ["initdb", "postgres", "pg_isready", "psql", "pgbench"]
        .iter()
        .all(|program| folder.join(program).is_file())
}

/// Installs what is missing, or says how somebody else can.
pub fn require(requirements: &[Requirement]) -> Result<()> {
    let missing: Vec<_> = requirements.iter().filter(|one| !(one.present)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<_> = missing.iter().flat_map(|one| one.packages).copied().collect();
    let names = missing.iter().map(|one| one.name).collect::<Vec<_>>().join("; ");
    install(&packages, &names)?;
    match missing.iter().find(|one| !(one.present)()) {
        None => Ok(()),
        Some(one) => bail!(
            "{} is still missing after installing {}; this release of Debian may carry \
             another version: install it by hand and try again",
            one.name,
            one.packages.join(" ")
        ),
    }
}

/// Installs Debian packages as root; anywhere else the error names the command.
pub fn install(packages: &[&str], purpose: &str) -> Result<()> {
    let list = packages.join(" ");
    if !is_debian() {
        bail!(
            "missing: {purpose}\nInstall it with the package manager of this system \
             (Debian calls the packages: {list}) and run the command again"
        );
    }
    if !is_root() {
        bail!(
            "missing: {purpose}\nInstall it and run the command again:\n  \
             sudo apt-get update && sudo apt-get install --yes --no-install-recommends {list}"
        );
    }
    say(format!("installing from Debian: {list}"));
    let _quiet = NoServices::begin()?;
    apt(&["update", "--quiet"]).context("the package lists cannot be refreshed")?;
    let mut arguments = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
    arguments.extend(packages);
    apt(&arguments).with_context(|| format!("apt-get could not install {list}"))
}

fn apt(arguments: &[&str]) -> Result<()> {
    Command::new("apt-get")
        .args(["-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"])
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .run_within(Duration::from_mins(30))
}

/// Keeps fresh packages from starting their services while it lives: the tests
/// start private ones.
struct NoServices {
    policy: Option<&'static Path>,
}

impl NoServices {
    fn begin() -> Result<Self> {
        let policy = Path::new("/usr/sbin/policy-rc.d");
        if policy.exists() {
            return Ok(Self { policy: None });
        }
        fs::write(policy, "#!/bin/sh\nexit 101\n").context("cannot write policy-rc.d")?;
        fs::set_permissions(policy, fs::Permissions::from_mode(0o755))?;
        Ok(Self { policy: Some(policy) })
    }
}

impl Drop for NoServices {
    fn drop(&mut self) {
        if let Some(policy) = self.policy {
            let _ = fs::remove_file(policy);
        }
    }
}

/// Whether Debian's package manager rules this machine.
pub fn is_debian() -> bool {
    Path::new("/etc/debian_version").exists() && find("apt-get").is_some()
}

/// Whether this process may install packages and change users.
pub fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}
