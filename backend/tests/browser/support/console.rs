//! What the browser complained about.

use super::browser::Browser;
use thirtyfour::BrowserLogEntry;

impl Browser {
    /// Takes what the console got since the last look.
    #[track_caller]
    pub fn console(&self) -> Vec<BrowserLogEntry> {
        self.run(self.driver().browser_log()).unwrap()
    }

    /// Nothing was refused by the Content-Security-Policy, nothing failed, nothing warned.
    #[track_caller]
    pub fn assert_console_clean(&self) {
        let complaints: Vec<_> = self
            .console()
            .into_iter()
            .filter(|entry| ["WARNING", "SEVERE"].contains(&entry.level.as_str()))
            .map(|entry| format!("{}: {}", entry.level, entry.message))
            .collect();
        assert!(complaints.is_empty(), "at {}: {complaints:#?}", self.path());
    }
}
