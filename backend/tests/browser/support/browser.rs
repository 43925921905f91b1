//! A browser for one test.

use super::chromedriver::Chromedriver;
use super::server::Server;
use serde_json::{Value, json};
use std::future::Future;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::{
    ChromiumLikeCapabilities as _, DesiredCapabilities, LoggingPrefsLogLevel, RequestData,
    SessionId, WebDriver, WindowHandle,
};
use tokio::runtime::Runtime;

const FLAGS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--force-prefers-reduced-motion",
    "--hide-scrollbars",
];

/// How much of a page one sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    Desktop,
    Phone,
}

impl Screen {
    pub const fn width(self) -> u32 {
        match self {
            Self::Desktop => 1440,
            Self::Phone => 390,
        }
    }

    const fn height(self) -> u32 {
        match self {
            Self::Desktop => 900,
            Self::Phone => 844,
        }
    }
}

/// A browser with one window on the app, in step with the test: each call returns when it
/// is done. Process and profile go with this value.
pub struct Browser {
    driver: Option<WebDriver>,
    runtime: Runtime,
    origin: String,
    // Dropped in this order: the profile is in use until the process ends.
    _chromedriver: Chromedriver,
    profile: TempDir,
}

impl Browser {
    /// A fresh one, at no page yet.
    pub fn open(server: &Server) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let profile = tempfile::Builder::new().prefix("ebenezer-browser-").tempdir().unwrap();
        let chromedriver = Chromedriver::start(profile.path());
        let mut wanted = DesiredCapabilities::chrome();
        for flag in FLAGS {
            wanted.add_arg(flag).unwrap();
        }
        let folder = format!("--user-data-dir={}", profile.path().display());
        wanted.add_arg(&folder).unwrap();
        wanted.set_browser_log_level(LoggingPrefsLogLevel::All).unwrap();
        let driver = runtime
            .block_on(WebDriver::new(chromedriver.url(), wanted))
            .expect("Chromium starts: `cargo xtask setup` installs it");
        let browser = Self {
            driver: Some(driver),
            runtime,
            origin: server.origin(),
            _chromedriver: chromedriver,
            profile,
        };
        browser.show_on(Screen::Desktop);
        browser
    }

    /// What is not wrapped here.
    pub fn driver(&self) -> &WebDriver {
        self.driver.as_ref().unwrap()
    }

    /// Waits for an answer of the browser.
    pub fn run<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Runs a script in the page. Its arguments are `arguments[0]` and so on.
    #[track_caller]
    pub fn script(&self, script: &str, arguments: &[Value]) -> Value {
        let answer = self.run(self.driver().execute(script, arguments.to_vec()));
        answer.unwrap_or_else(|error| panic!("{error}\n{script}")).json().clone()
    }

    /// Gives the page the size of a screen, as the developer tools do.
    pub fn show_on(&self, screen: Screen) {
        self.resize(screen, screen.height());
    }

    fn resize(&self, screen: Screen, height: u32) {
        self.measure(screen.width(), height, screen == Screen::Phone);
    }

    /// Gives the page a width between those of the screens.
    pub fn show_wide(&self, width: u32) {
        self.measure(width, Screen::Desktop.height(), false);
    }

    fn measure(&self, width: u32, height: u32, mobile: bool) {
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// A command of the Chrome `DevTools` protocol.
    pub fn devtools(&self, command: &'static str, parameters: Value) {
        self.run(self.driver().cmd(DevTools(command, parameters))).unwrap();
    }

    /// Opens a path of the app from scratch, as a link in a mail does.
    #[track_caller]
    pub fn visit(&self, path: &str) {
        self.run(self.driver().goto(format!("{}{path}", self.origin))).unwrap();
        self.ready();
    }

    #[track_caller]
    pub fn reload(&self) {
        self.run(self.driver().refresh()).unwrap();
        self.ready();
    }

    /// The browser's own button.
    #[track_caller]
    pub fn back(&self) {
        self.run(self.driver().back()).unwrap();
    }

    /// Path and query of the page.
    #[track_caller]
    pub fn path(&self) -> String {
        let url = self.run(self.driver().current_url()).unwrap();
        url.as_str().strip_prefix(&self.origin).unwrap_or(url.as_str()).to_owned()
    }

    /// Opens a second window of the same person and goes on in it.
    #[track_caller]
    pub fn another_window(&self) -> WindowHandle {
        let window = self.run(self.driver().new_tab()).unwrap();
        self.switch_to(&window);
        self.show_on(Screen::Desktop);
        window
    }

    #[track_caller]
    pub fn window(&self) -> WindowHandle {
        self.run(self.driver().window()).unwrap()
    }

    #[track_caller]
    pub fn switch_to(&self, window: &WindowHandle) {
        self.run(self.driver().switch_to_window(window.clone())).unwrap();
    }

    /// The page from top to bottom as a picture.
    #[track_caller]
    pub fn whole_picture(&self, screen: Screen, file: &Path) {
        let height = self.script("return document.documentElement.scrollHeight", &[]);
        let height = height.as_u64().unwrap_or_default().min(4000).try_into().unwrap_or_default();
        self.resize(screen, screen.height().max(height));
        self.run(self.driver().screenshot(file)).unwrap();
        self.show_on(screen);
    }

    /// A picture and the console, for who looks into a failure.
    fn keep_evidence(&self) -> Option<PathBuf> {
        let folder = tempfile::Builder::new().prefix("ebenezer-failure-").tempdir().ok()?.keep();
        let driver = self.driver.as_ref()?;
        drop(self.run(driver.screenshot(&folder.join("page.png"))));
        let source = self.run(driver.source()).unwrap_or_default();
        drop(std::fs::write(folder.join("page.html"), source));
        let log = self.run(driver.browser_log()).unwrap_or_default();
        let lines = log.iter().map(|entry| format!("{} {}\n", entry.level, entry.message));
        drop(std::fs::write(folder.join("console.log"), lines.collect::<String>()));
        Some(folder)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if std::thread::panicking()
            && let Some(folder) = self.keep_evidence()
        {
            let test = std::thread::current();
            let (test, folder) = (test.name().unwrap_or_default(), folder.display());
            eprintln!("{test} failed; the page and its console are in {folder}");
        }
        if let Some(driver) = self.driver.take() {
            drop(self.runtime.block_on(driver.quit()));
        }
        drop(std::fs::remove_dir_all(self.profile.path().join("Default")));
    }
}

/// The command's name and parameters.
#[derive(Debug)]
struct DevTools(&'static str, Value);

impl FormatRequestData for DevTools {
    fn format_request(&self, session: &SessionId) -> RequestData {
        let path = format!("/session/{session}/goog/cdp/execute");
        let body = json!({ "cmd": self.0, "params": self.1 });
        RequestData::new(reqwest::Method::POST, path).add_body(body)
    }
}
