//! A `PostgreSQL` and a Redis of our own: on free loopback ports, with passwords
//! that nobody knows, gone with everything they wrote when dropped.
//!
//! Nothing that happens to run on the machine is used or disturbed.

mod postgres;
mod redis;

use std::{
    fs::{self, File},
    io::Read as _,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail};

pub use self::{postgres::Postgres, redis::Redis};
use crate::{files, process::find};

/// Account that runs the database when we are root, which it refuses to run as.
const SERVICE_USER: &str = "postgres";

/// Both services; fields drop in order, the folder last.
pub struct Services {
    /// The database server.
    pub postgres: Postgres,
    /// The cache server.
    pub redis: Redis,
    folder: Folder,
}

impl Services {
    /// Starts both.
    pub fn start() -> Result<Self> {
        let folder = Folder::create()?;
        let postgres = Postgres::start(&folder.0)?;
        let redis = Redis::start(&folder.0)?;
        Ok(Self { postgres, redis, folder })
    }

    /// A new folder that goes with the services.
    pub fn folder(&self, name: &str) -> Result<PathBuf> {
        let path = self.folder.0.join(name);
        fs::create_dir_all(&path).with_context(|| format!("cannot create {}", path.display()))?;
        Ok(path)
    }
}

/// A folder that is removed with its content.
struct Folder(PathBuf);

impl Folder {
    fn create() -> Result<Self> {
        remove_left_over();
        let path = std::env::temp_dir().join(format!("{PREFIX}{}", std::process::id()));
        fs::create_dir_all(&path).with_context(|| format!("cannot create {}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const PREFIX: &str = "ebenezer-services-";

/// Removes folders of runs that were killed before they could.
fn remove_left_over() {
    let Ok(entries) = fs::read_dir(std::env::temp_dir()) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
        let gone = owner.is_some_and(|id| !Path::new("/proc").join(id).exists());
        if gone && cfg!(target_os = "linux") {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// `program`, stopped by the kernel with `signal` should this process die, and
/// run as `user` when one is given.
fn guarded(program: &Path, signal: &str, user: Option<&str>) -> Command {
    let Some(setpriv) = find("setpriv") else {
        return Command::new(program);
    };
    let mut command = Command::new(setpriv);
    command.args(["--pdeathsig", signal]);
    if let Some(user) = user {
        command.args(["--reuid", user, "--regid", user, "--init-groups"]);
    }
    command.arg("--").arg(program);
    command
}

/// The account to run the database as; none when we are not root.
fn service_user() -> Result<Option<&'static str>> {
    if !nix::unistd::geteuid().is_root() {
        return Ok(None);
    }
    match nix::unistd::User::from_name(SERVICE_USER) {
        Ok(Some(_)) => Ok(Some(SERVICE_USER)),
        _ => bail!(
            "PostgreSQL refuses to run as root and there is no user {SERVICE_USER}: \
             create one, or run this as somebody else"
        ),
    }
}

/// 32 hexadecimal digits that nobody can guess.
fn secret() -> Result<String> {
    let mut bytes = [0_u8; 16];
    File::open("/dev/urandom").and_then(|mut file| file.read_exact(&mut bytes))?;
    Ok(files::hex(&bytes))
}
