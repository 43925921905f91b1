//! Child processes that never outlive their purpose.
//!
//! Long children run in a process group of their own. Ctrl-C and SIGTERM set a
//! flag; whoever waits for a child sees it, ends the whole group and returns an
//! error, so that every guard on the stack cleans up behind itself.

use std::{
    fmt::Write as _,
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};

const POLL: Duration = Duration::from_millis(25);
/// How long a group may take to stop by itself before it is killed.
const PATIENCE: Duration = Duration::from_secs(15);

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Turns Ctrl-C, SIGTERM and SIGHUP into the flag that [`interrupted`] reads.
pub fn watch_signals() -> Result<()> {
    ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::SeqCst))
        .context("cannot watch for Ctrl-C")
}

/// Whether somebody asked this program to stop.
pub fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// Fails when somebody asked this program to stop.
pub fn go_on() -> Result<()> {
    if interrupted() {
        bail!("stopped on request");
    }
    Ok(())
}

/// Says on standard error what happens next.
pub fn say(text: impl AsRef<str>) {
    eprintln!("==> {}", text.as_ref());
}

/// A child with its process group; dropping it ends the group.
pub struct Group {
    child: Child,
    name: String,
    stop_signal: Signal,
    ended: bool,
}

impl Group {
    /// Starts `command` with no standard input.
    pub fn spawn(command: &mut Command) -> Result<Self> {
        go_on()?;
        let name = shown(command);
        let child = command
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start `{name}`"))?;
        Ok(Self::adopt(child, name))
    }

    /// Takes over a child that was started as the leader of its own group.
    pub fn adopt(child: Child, name: String) -> Self {
        Self { child, name, stop_signal: Signal::SIGTERM, ended: false }
    }

    /// Stops this group with `signal` instead of SIGTERM.
    pub fn stopped_by(mut self, signal: Signal) -> Self {
        self.stop_signal = signal;
        self
    }

    /// The child itself, for its pipes.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// The process id of the child.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// How the child ended, if it did.
    pub fn exited(&mut self) -> Result<Option<ExitStatus>> {
        let status = self.child.try_wait().with_context(|| format!("lost `{}`", self.name))?;
        if status.is_some() && !self.ended {
            self.ended = true;
            // What the child left behind goes with it.
            self.signal(Signal::SIGKILL);
        }
        Ok(status)
    }

    /// Waits for the child, at most `limit`; an interruption ends the group.
    pub fn wait(&mut self, limit: Option<Duration>) -> Result<ExitStatus> {
        let started = Instant::now();
        loop {
            if let Some(status) = self.exited()? {
                go_on()?;
                return Ok(status);
            }
            if interrupted() {
                self.stop();
                bail!("stopped on request during `{}`", self.name);
            }
            if limit.is_some_and(|limit| started.elapsed() > limit) {
                self.stop();
                bail!("`{}` took longer than {:?}", self.name, started.elapsed());
            }
            thread::sleep(POLL);
        }
    }

    /// Asks the group to stop, then makes it.
    pub fn stop(&mut self) {
        if self.ended {
            return;
        }
        self.signal(self.stop_signal);
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            if !matches!(self.exited(), Ok(None)) {
                return;
            }
            thread::sleep(POLL);
        }
        self.signal(Signal::SIGKILL);
        let _ = self.child.wait();
        self.ended = true;
    }

    fn signal(&self, signal: Signal) {
        if let Ok(id) = i32::try_from(self.child.id()) {
            // An empty group is what we want, not an error.
            let _ = killpg(Pid::from_raw(id), signal);
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Ways to run a command to its end.
pub trait Run {
    /// Runs it with its output on the terminal; fails unless it succeeds.
    fn run(&mut self) -> Result<()>;
    /// The same, ended after `limit`.
    fn run_within(&mut self, limit: Duration) -> Result<()>;
    /// Runs it; its output is shown only when it fails.
    fn run_quietly(&mut self) -> Result<()>;
    /// Runs it and answers its standard output.
    fn capture(&mut self) -> Result<String>;
}

impl Run for Command {
    fn run(&mut self) -> Result<()> {
        let status = Group::spawn(self)?.wait(None)?;
        succeeded(self, status)
    }

    fn run_within(&mut self, limit: Duration) -> Result<()> {
        let status = Group::spawn(self)?.wait(Some(limit))?;
        succeeded(self, status)
    }

    fn run_quietly(&mut self) -> Result<()> {
        self.capture().map(drop)
    }

    fn capture(&mut self) -> Result<String> {
        let output = self
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("cannot start `{}`", shown(self)))?;
        go_on()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() {
            return Ok(text);
        }
        let errors = String::from_utf8_lossy(&output.stderr);
        bail!("`{}` failed ({})\n{text}{errors}", shown(self), output.status)
    }
}

fn succeeded(command: &Command, status: ExitStatus) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    bail!("`{}` failed ({status})", shown(command))
}

/// The command as one would type it.
pub fn shown(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        let _ = write!(text, " {}", argument.to_string_lossy());
    }
    text
}

/// Where `program` is on PATH.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    file.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}
