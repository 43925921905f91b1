//! The process that drives a browser.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A chromedriver of the test's own. It ends, and every browser process on its profile,
/// with this value.
pub struct Chromedriver {
    process: Child,
    port: u16,
    profile: String,
}

impl Chromedriver {
    /// Starts it on a free port.
    pub fn start(profile: &Path) -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts: `cargo xtask setup` installs it");
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| port_in(&line.ok()?));
        // Whatever it says later is read, or it would stop at a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let port = port.expect("chromedriver names its port");
        Self { process: driver, port, profile: profile.display().to_string() }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
        for id in processes_on(&self.profile) {
            drop(Command::new("kill").args(["-KILL", &id]).stderr(Stdio::null()).status());
        }
    }
}

/// `ChromeDriver was started successfully on port 40123.`
fn port_in(line: &str) -> Option<u16> {
    line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok()
}

/// Browser processes that a test which failed hard left on its profile folder.
fn processes_on(profile: &str) -> Vec<String> {
    let uses_it = |id: &String| {
        let line = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).contains(profile)
    };
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let ids = names.filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
    ids.filter(uses_it).collect()
}
