//! A real mail server (aiosmtpd).

use super::mail::{self, Mail};
use std::io::{BufRead as _, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
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

/// Takes every call and says nothing.
pub struct Silent {
    pub port: u16,
    calls: Arc<Mutex<Vec<TcpStream>>>,
    thread: JoinHandle<()>,
}

impl Silent {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let calls = Arc::new(Mutex::new(Vec::new()));
        let taken = Arc::clone(&calls);
        let thread = std::thread::spawn(move || {
            for call in listener.incoming() {
                let call = call.unwrap();
                // Nobody counts any more: it is to stop.
                if Arc::strong_count(&taken) == 1 {
                    return;
                }
                taken.lock().unwrap().push(call);
            }
        });
        Self { port, calls, thread }
    }

    /// So many called.
    pub fn calls(&self) -> usize {
        self.calls.lock().unwrap().len()
    }

    /// Hangs up on everybody; answers the port, which is free then.
    pub fn stop(self) -> u16 {
        let Self { port, calls, thread } = self;
        let hung = std::mem::take(&mut *calls.lock().unwrap());
        drop(calls);
        drop(TcpStream::connect(("127.0.0.1", port)).unwrap());
        thread.join().unwrap();
        drop(hung);
        port
    }
}
