//! A private Redis server.

use std::{
    fs::{self, File, OpenOptions},
    io::{BufRead as _, BufReader, Write as _},
    net::TcpStream,
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};

use super::{guarded, secret};
use crate::{
    http::free_port,
    process::{Group, find, go_on, say},
};

const START_LIMIT: Duration = Duration::from_secs(30);

/// A running server that keeps nothing; stopped when dropped.
pub struct Redis {
    _server: Group,
    password: String,
    port: u16,
}

impl Redis {
    /// Starts it with `folder` as its working directory.
    pub fn start(folder: &Path) -> Result<Self> {
        let program = find("redis-server").context("no redis-server: run `cargo xtask setup`")?;
        let password = secret()?;
        let port = free_port()?;
        let configuration = folder.join("redis.conf");
        // In a file of ours alone: arguments can be read by every account.
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&configuration)?
            .write_all(
                format!(
                    "bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir {}\n\
                 save \"\"\nappendonly no\ndaemonize no\n",
                    folder.display()
                )
                .as_bytes(),
            )?;
        let log = folder.join("redis.log");
        let output = File::create(&log)?;
        let mut command = guarded(&program, "TERM", None);
        command.arg(&configuration).stdout(output.try_clone()?).stderr(output);
        let mut server = Group::spawn(&mut command)?;
        wait_until_ready(&mut server, port, &log)?;
        say(format!("private Redis on port {port}"));
        Ok(Self { _server: server, password, port })
    }

    /// Where clients connect.
    pub fn url(&self) -> String {
        format!("redis://default:{}@127.0.0.1:{}", self.password, self.port)
    }
}

fn wait_until_ready(server: &mut Group, port: u16, log: &Path) -> Result<()> {
    let started = Instant::now();
    while !answers(port) {
        go_on()?;
        if server.exited()?.is_some() || started.elapsed() > START_LIMIT {
            let said = fs::read_to_string(log).unwrap_or_default();
            bail!("the private Redis did not start:\n{said}");
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    Ok(())
}

/// Whether a Redis is there: it refuses a stranger in its own words.
fn answers(port: u16) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else {
        return false;
    };
    let mut line = String::new();
    stream.write_all(b"PING\r\n").is_ok()
        && stream.set_read_timeout(Some(Duration::from_secs(2))).is_ok()
        && BufReader::new(stream).read_line(&mut line).is_ok()
        && line.starts_with("-NOAUTH")
}
