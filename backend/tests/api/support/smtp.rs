//! A real mail server (aiosmtpd).

use super::mail::{self, Mail};
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Stdio};
use tempfile::TempDir;

/// Runs until dropped.
pub struct MailServer {
    process: Child,
    output: BufReader<ChildStdout>,
    pub port: u16,
    folder: TempDir,
}

impl MailServer {
    /// On any free port.
    pub fn start() -> Self {
        Self::start_on(0)
    }

    pub fn start_on(port: u16) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/api/support/smtp.py");
        let mut process = mail::python()
            .arg(script)
            .arg(folder.path())
            .arg(port.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        let mut server = Self { process, output, port, folder };
        server.port = server.line().parse().unwrap();
        server
    }

    /// The next line that it says.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line.trim().to_owned()
    }

    /// What it took so far.
    pub fn mails(&self) -> Vec<Mail> {
        mail::read(self.folder.path())
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
