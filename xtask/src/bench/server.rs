//! The server as it is shipped, in a folder of its own.

use std::{
    fs::{self, File},
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use crate::{
    http::{Answer, Connection, free_port, wait_until_ready},
    process::{Group, Run as _},
};

const START_LIMIT: Duration = Duration::from_mins(1);
/// Limits protect real servers from just what a load generator does.
const UNLIMITED: [&str; 6] = [
    "RATE_LIMIT_ANONYMOUS",
    "RATE_LIMIT_AUTHENTICATED",
    "RATE_LIMIT_LOGIN",
    "RATE_LIMIT_EXPORT",
    "RATE_LIMIT_PER_MINUTE",
    "RATE_LIMIT_BURST",
];

/// A running server.
pub struct Server {
    group: Group,
    /// Where it answers.
    pub address: SocketAddr,
    /// From the start of the process to its first answer.
    pub started_in: Duration,
}

impl Server {
    /// Starts it in `folder` on `database`, `SQLite` when none is named.
    pub fn start(program: &Path, folder: &Path, database: Option<&str>) -> Result<Self> {
        Self::start_with(program, folder, database, &[])
    }

    /// The same with further arguments of `serve`.
    pub fn start_with(
        program: &Path,
        folder: &Path,
        database: Option<&str>,
        arguments: &[&str],
    ) -> Result<Self> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()?));
        let log = File::create(folder.join("server.log"))?;
        let mut command = configured(program, folder, database);
        command
            .arg("serve")
            .args(arguments)
            .env("BIND_ADDRESS", address.to_string())
            .stdout(log.try_clone()?)
            .stderr(log);
        let started = Instant::now();
        let mut group = Group::spawn(&mut command)?;
        wait_until_ready(address, "/health/live", &mut group, START_LIMIT)
            .with_context(|| fs::read_to_string(folder.join("server.log")).unwrap_or_default())?;
        Ok(Self { group, address, started_in: started.elapsed() })
    }

    /// An access token of the first owner among `logins`.
    pub fn log_in(&self, logins: &str) -> Result<String> {
        let (email, password) = owner(logins).context("seed-demo printed no owner's login")?;
        let body = json!({ "email": email, "password": password, "cookie": false }).to_string();
        let answer = Connection::open(self.address)?.send("POST", "/api/auth/login", &[], &body)?;
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        let value: Value = serde_json::from_str(&text).unwrap_or_default();
        value
            .get("access_token")
            .and_then(Value::as_str)
            .map(str::to_owned)
            .with_context(|| format!("login of {email} failed: {} {text}", answer.status))
    }

    /// One request.
    pub fn get(&self, path: &str, token: &str) -> Result<Answer> {
        let headers = [format!("Authorization: Bearer {token}")];
        Connection::open(self.address)?.send("GET", path, &headers, "")
    }

    /// Resident memory now, in KiB.
    pub fn memory(&self) -> Result<u64> {
        self.status("VmRSS:")
    }

    /// The most resident memory so far, in KiB.
    pub fn peak_memory(&self) -> Result<u64> {
        self.status("VmHWM:")
    }

    /// Lets the peak start from what is resident now (proc(5), `clear_refs`).
    pub fn forget_peak(&self) -> Result<()> {
        let file = format!("/proc/{}/clear_refs", self.group.id());
        fs::write(&file, "5").with_context(|| format!("memory: cannot write {file}"))
    }

    fn status(&self, key: &str) -> Result<u64> {
        let file = format!("/proc/{}/status", self.group.id());
        let content =
            fs::read_to_string(&file).with_context(|| format!("memory: cannot read {file}"))?;
        content
            .lines()
            .find_map(|line| line.strip_prefix(key)?.split_whitespace().next()?.parse().ok())
            .with_context(|| format!("{file} has no {key}"))
    }
}

/// Fills the database; answers the logins.
pub fn seed(
    program: &Path,
    folder: &Path,
    database: Option<&str>,
    arguments: &[&str],
) -> Result<String> {
    let logins =
        configured(program, folder, database).arg("seed-demo").args(arguments).capture()?;
    if owner(&logins).is_none() {
        bail!("seed-demo printed no owner's login:\n{logins}");
    }
    Ok(logins)
}

fn configured(program: &Path, folder: &Path, database: Option<&str>) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .env("DEBUG", "true")
        .env("LOG_LEVEL", "warn")
        .env_remove("REDIS_URL")
        .env_remove("DATABASE_URL")
        .envs(UNLIMITED.map(|name| (name, "100000000")))
        .envs(database.map(|url| ("DATABASE_URL", url)));
    command
}

/// Email and password of the first owner: kind, tenant, role, email, password.
fn owner(logins: &str) -> Option<(&str, &str)> {
    logins.lines().find_map(|line| {
        let mut cells = line.split('\t');
        let (_kind, _tenant) = (cells.next()?, cells.next()?);
        let (role, email, password) = (cells.next()?, cells.next()?, cells.next()?);
        (role == "owner").then_some((email, password))
    })
}

#[cfg(test)]
mod tests {
    use super::owner;

    #[test]
    fn the_first_owner_is_taken() {
        let logins = "platform\t-\tsuper_admin\troot@example.com\ta\n\
                      staff\tgarcia\towner\tana@example.com\tb\n\
                      staff\tlopez\towner\tluis@example.com\tc\n";
        assert_eq!(owner(logins), Some(("ana@example.com", "b")));
        assert_eq!(owner("nothing here"), None);
    }
}
