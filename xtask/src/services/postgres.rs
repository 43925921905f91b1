//! A private `PostgreSQL` server.

use std::{
    fs::{self, File, Permissions},
    net::TcpStream,
    os::unix::fs::{PermissionsExt as _, chown},
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use nix::{sys::signal::Signal, unistd::User};

use super::{guarded, secret, service_user};
use crate::{
    http::free_port,
    process::{Group, Run as _, go_on, say},
    setup,
};

const START_LIMIT: Duration = Duration::from_mins(1);
/// Made for tests: quick, and worthless after a power cut.
const SETTINGS: [&str; 9] = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=300",
    "shared_buffers=256MB",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum_naptime=10s",
    "log_min_messages=warning",
];

/// A running server; stopped when dropped.
pub struct Postgres {
    _server: Group,
    programs: PathBuf,
    password: String,
    port: u16,
    log: PathBuf,
}

impl Postgres {
    /// Creates a cluster in `folder` and starts it.
    pub fn start(folder: &Path) -> Result<Self> {
        let programs = setup::postgres_programs()
            .context("no PostgreSQL server programs: run `cargo xtask setup`")?;
        let user = service_user()?;
        let home = folder.join("postgres");
        let data = home.join("data");
        let password = secret()?;
        create_home(&home, user, &password)?;
        guarded(&programs.join("initdb"), "KILL", user)
            .args(["--username=postgres", "--auth=scram-sha-256", "--encoding=UTF8", "--no-sync"])
            .arg(if cfg!(target_os = "linux") { "--locale=C.UTF-8" } else { "--no-locale" })
            .arg(format!("--pwfile={}", home.join("password").display()))
            .arg("--pgdata")
            .arg(&data)
            .current_dir(&home)
            .run_quietly()
            .context("initdb failed")?;
        let port = free_port()?;
        let log = home.join("log");
        let mut command = guarded(&programs.join("postgres"), "INT", user);
        command.arg("-D").arg(&data).arg("-p").arg(port.to_string()).current_dir(&home);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        let output = File::create(&log)?;
        command.stdout(output.try_clone()?).stderr(output);
        // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
        let mut server = Group::spawn(&mut command)?.stopped_by(Signal::SIGINT);
        wait_until_ready(&mut server, port, &programs, &log)?;
        say(format!("private PostgreSQL on port {port}"));
        Ok(Self { _server: server, programs, password, port, log })
    }

    /// Where the superuser connects to `database`.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres:{}@127.0.0.1:{}/{database}", self.password, self.port)
    }

    /// Creates a database and answers where to connect to it.
    pub fn create_database(&self, name: &str) -> Result<String> {
        self.statement("postgres", &format!("CREATE DATABASE {name}"))?;
        Ok(self.url(name))
    }

    /// Runs one statement as superuser.
    pub fn statement(&self, database: &str, sql: &str) -> Result<()> {
        self.client("psql", database)
            .args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--command", sql])
            .run_quietly()
    }

    /// The server's log file.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// A client program of the same release, connected to `database` as superuser.
    pub fn client(&self, program: &str, database: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command
            .env("PGHOST", "127.0.0.1")
            .env("PGPORT", self.port.to_string())
            .env("PGUSER", "postgres")
            .env("PGPASSWORD", &self.password)
            .env("PGDATABASE", database);
        command
    }
}

/// A folder of the server's own account, with the password for initdb in it.
fn create_home(home: &Path, user: Option<&str>, password: &str) -> Result<()> {
    fs::create_dir_all(home)?;
    let secret = home.join("password");
    fs::write(&secret, password)?;
    fs::set_permissions(&secret, Permissions::from_mode(0o600))?;
    fs::set_permissions(home, Permissions::from_mode(0o700))?;
    if let Some(name) = user {
        let account = User::from_name(name)?.context("the account vanished")?;
        let (uid, gid) = (Some(account.uid.as_raw()), Some(account.gid.as_raw()));
        chown(&secret, uid, gid)?;
        chown(home, uid, gid)?;
    }
    Ok(())
}

fn wait_until_ready(server: &mut Group, port: u16, programs: &Path, log: &Path) -> Result<()> {
    let started = Instant::now();
    loop {
        let listens = TcpStream::connect(("127.0.0.1", port)).is_ok();
        if listens
            && Command::new(programs.join("pg_isready"))
                .args(["--quiet", "--host=127.0.0.1", "--username=postgres", "--port"])
                .arg(port.to_string())
                .run_quietly()
                .is_ok()
        {
            return Ok(());
        }
        go_on()?;
        if server.exited()?.is_some() || started.elapsed() > START_LIMIT {
            let said = fs::read_to_string(log).unwrap_or_default();
            bail!("the private PostgreSQL did not start:\n{said}");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}
