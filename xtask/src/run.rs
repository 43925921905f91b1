//! `cargo xtask run`: from sources to a server with demo data.

use std::{
    env, fs,
    net::{SocketAddr, TcpListener, ToSocketAddrs as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result, bail};

use crate::{
    http,
    process::{Group, Run as _, interrupted, say},
    setup, spa,
    workspace::Workspace,
};

const DEFAULT_ADDRESS: &str = "127.0.0.1:8080";
const START_LIMIT: Duration = Duration::from_mins(1);

/// What the command line asks.
pub struct Options {
    fresh: bool,
}

impl Options {
    /// Reads the command line.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self { fresh: false };
        for argument in arguments {
            match argument.as_str() {
                "--fresh" => options.fresh = true,
                other => bail!("`cargo xtask run` does not know {other}; it takes --fresh"),
            }
        }
        Ok(options)
    }
}

/// Builds, seeds, starts, and stays until the server ends.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let address = address(workspace)?;
    let tools = setup::build_tools(workspace)?;
    spa::build(workspace, &tools)?;
    let program = release_build(workspace)?;
    let data = workspace.root.join("data");
    if options.fresh {
        forget(workspace, &data)?;
    }
    let logins = demo_logins(workspace, &program)?;
    // Said before the server is started: afterwards its own log hides it.
    require_free(address)?;
    let mut server = Group::spawn(workspace.command(&program).arg("serve"))?;
    http::wait_until_ready(address, "/health/ready", &mut server, START_LIMIT)?;
    println!("\n{}", table(&logins));
    println!("Ebenezer is at http://localhost:{} (Ctrl-C stops it)\n", address.port());
    match server.wait(None) {
        Ok(status) if !status.success() => bail!("the server ended with {status}"),
        Err(error) if !interrupted() => Err(error),
        _ => Ok(()),
    }
}

/// The server as it is shipped, the browser app inside.
pub fn release_build(workspace: &Workspace) -> Result<PathBuf> {
    say("building the server (several minutes the first time)");
    workspace
        .cargo()
        .args(["build", "--release", "--package", "ebenezer", "--features", "embed-spa"])
        .run()?;
    Ok(workspace.target.join("release/ebenezer"))
}

/// What the server would bind: the environment, then .env, then its default.
fn address(workspace: &Workspace) -> Result<SocketAddr> {
    let value = setting(workspace, "BIND_ADDRESS").unwrap_or_else(|| DEFAULT_ADDRESS.to_owned());
    value
        .to_socket_addrs()
        .ok()
        .and_then(|mut all| all.next())
        .with_context(|| format!("BIND_ADDRESS={value} is not an address with a port"))
}

fn setting(workspace: &Workspace, name: &str) -> Option<String> {
    env::var(name).ok().or_else(|| {
        let file = fs::read_to_string(workspace.root.join(".env")).ok()?;
        in_env_file(&file, name)
    })
}

fn in_env_file(file: &str, name: &str) -> Option<String> {
    file.lines().find_map(|line| {
        let (key, value) = line.trim().split_once('=')?;
        let key = key.strip_prefix("export ").unwrap_or(key).trim();
        (key == name).then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    })
}

fn require_free(address: SocketAddr) -> Result<()> {
    if TcpListener::bind(address).is_err() {
        bail!(
            "{address} is in use: stop what runs there, or choose another, as in\n  \
             BIND_ADDRESS=127.0.0.1:{} cargo xtask run",
            address.port().saturating_add(1)
        );
    }
    Ok(())
}

/// Removes what the server keeps under data/.
fn forget(workspace: &Workspace, data: &Path) -> Result<()> {
    if setting(workspace, "DATABASE_URL").is_some() {
        bail!("--fresh removes data/ only; DATABASE_URL names another database: unset it");
    }
    if data.exists() {
        say(format!("removing {}", data.display()));
        fs::remove_dir_all(data).with_context(|| format!("cannot remove {}", data.display()))?;
    }
    Ok(())
}

/// Fills a new database; of one with the demo firms the server tells the logins again.
fn demo_logins(workspace: &Workspace, program: &Path) -> Result<String> {
    say("demo data");
    let output = Command::new(program)
        .arg("seed-demo")
        .current_dir(&workspace.root)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start the built server")?;
    if !output.status.success() {
        say("going on without demo data (`cargo xtask run --fresh` starts over)");
        return Ok(String::new());
    }
    String::from_utf8(output.stdout).context("the demo logins are not text")
}

/// The tab-separated logins in columns.
fn table(logins: &str) -> String {
    let heading = ["kind", "tenant", "role", "email", "password"];
    let rows: Vec<Vec<&str>> = std::iter::once(heading.to_vec())
        .chain(logins.lines().map(|line| line.split('\t').collect()))
        .collect();
    if rows.len() == 1 {
        return String::new();
    }
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max()
    };
    rows.iter().fold(String::new(), |mut text, row| {
        for (column, cell) in row.iter().enumerate() {
            text.push_str(cell);
            let room = width(column).unwrap_or_default().saturating_sub(cell.chars().count());
            text.extend(std::iter::repeat_n(' ', room.saturating_add(2)));
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    })
}

#[cfg(test)]
mod tests {
    use super::{in_env_file, table};

    #[test]
    fn logins_stand_in_columns() {
        let text = table("staff\tgarcia\towner\tana@example.com\tsecret\n");
        assert_eq!(
            text,
            "kind   tenant  role   email            password\n\
             staff  garcia  owner  ana@example.com  secret\n"
        );
        assert_eq!(table(""), "");
    }

    #[test]
    fn settings_are_read_from_the_env_file() {
        let file = "# comment\nBIND_ADDRESS=\"127.0.0.1:9000\"\nexport DEBUG = true\n";
        assert_eq!(in_env_file(file, "BIND_ADDRESS").as_deref(), Some("127.0.0.1:9000"));
        assert_eq!(in_env_file(file, "DEBUG").as_deref(), Some("true"));
        assert_eq!(in_env_file(file, "PORT"), None);
    }
}
