//! What the browser complained about.

use super::browser::Browser;
use thirtyfour::BrowserLogEntry;

/// Chromium on what Trunk writes into `index.html`: the file is checked when it is used.
const PRELOAD_NOTE: &str = "`integrity` attribute is currently ignored for preload";

impl Browser {
    /// Takes what the console got since the last look.
    #[track_caller]
    pub fn console(&self) -> Vec<BrowserLogEntry> {
        self.run(self.driver().browser_log()).unwrap()
    }

    /// What was refused by the Content-Security-Policy, failed, or warned.
    #[track_caller]
    pub fn console_complaints(&self) -> Vec<String> {
        let bad = |entry: &BrowserLogEntry| {
            ["WARNING", "SEVERE"].contains(&entry.level.as_str())
                && !entry.message.contains(PRELOAD_NOTE)
        };
        let found = self.console().into_iter().filter(bad);
        found.map(|entry| format!("console: {} {}", entry.level, entry.message)).collect()
    }
}
