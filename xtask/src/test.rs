//! `cargo xtask test`: every test, with everything it needs.
//!
//! Nothing is skipped silently: the last lines name what ran and how it ended.

mod report;

use std::{ffi::OsString, io::IsTerminal as _, process::Command};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use self::report::Report;
use crate::{
    process::{Run as _, say},
    services::Services,
    setup, spa,
    workspace::{TESTED_PACKAGES, Workspace},
};

/// Browsers are heavy: few at a time.
const BROWSER_THREADS: &str = "--test-threads=2";
const UNIT_TESTS: [&str; 2] = ["--lib", "--bins"];
/// The test binary that drives a browser.
pub const BROWSER: &str = "browser";
/// What is tested is what is shipped: the server with the browser app inside.
pub const FEATURES: &str = "ebenezer/embed-spa";

/// What the command line asks.
pub struct Options {
    quick: bool,
    filters: Vec<String>,
}

impl Options {
    /// Reads the command line.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self { quick: false, filters: Vec::new() };
        for argument in arguments {
            match argument.as_str() {
                "--quick" => options.quick = true,
                flag if flag.starts_with('-') => {
                    bail!("`cargo xtask test` does not know {flag}; it takes --quick and filters")
                }
                filter => options.filters.push(filter.to_owned()),
            }
        }
        Ok(options)
    }
}

/// Runs the tests.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    if options.quick { quick(workspace, options) } else { full(workspace, options) }
}

fn quick(workspace: &Workspace, options: &Options) -> Result<()> {
    let mut session = Session::new(workspace, options);
    session.set("EBENEZER_PYTHON", setup::python(workspace)?);
    let targets = test_targets(workspace)?;
    let api = targets.iter().filter(|name| *name != BROWSER).flat_map(target);
    let mut command = session.server_tests();
    command.args(UNIT_TESTS).args(api).args(["--", "--skip", "postgres"]);
    session.stage("unit and API tests on SQLite", command)?;
    session.browser_app_tests()?;
    session.report.leave_out("PostgreSQL, Redis, browser and doc tests (--quick)");
    session.report.close(&options.filters)
}

fn full(workspace: &Workspace, options: &Options) -> Result<()> {
    let tools = setup::test_tools(workspace)?;
    spa::build(workspace, &tools.build)?;
    let services = Services::start()?;
    let mut session = Session::new(workspace, options);
    session.features = Some(FEATURES);
    session.set("EBENEZER_PYTHON", &tools.python);
    session.set("EBENEZER_AXE", tools.build.axe());
    session.set("TEST_POSTGRES_URL", services.postgres.url("postgres"));
    session.set("TEST_REDIS_URL", services.redis.url());
    let targets = test_targets(workspace)?;
    let (browser, api): (Vec<_>, Vec<_>) = targets.into_iter().partition(|it| it == BROWSER);

    say("compiling the tests");
    let mut compile = session.server_tests();
    compile.args(["--no-run"]).args(UNIT_TESTS).args(api.iter().chain(&browser).flat_map(target));
    compile.run().context("the tests do not compile")?;

    let mut command = session.server_tests();
    command.args(UNIT_TESTS).args(api.iter().flat_map(target)).arg("--");
    session.stage("unit tests; API tests on SQLite, PostgreSQL and Redis", command)?;
    session.browser_app_tests()?;
    let mut command = session.server_tests();
    command.args(["--doc", "--"]);
    session.stage("doc tests", command)?;
    if browser.is_empty() {
        bail!("the server has no test binary called {BROWSER}");
    }
    let mut command = session.server_tests();
    command.args(browser.iter().flat_map(target)).args(["--", BROWSER_THREADS]);
    session.stage("browser tests in Chromium", command)?;
    drop(services);
    session.report.close(&options.filters)
}

/// One call of `cargo xtask test`.
struct Session<'a> {
    workspace: &'a Workspace,
    filters: &'a [String],
    features: Option<&'a str>,
    environment: Vec<(&'a str, OsString)>,
    report: Report,
}

impl<'a> Session<'a> {
    fn new(workspace: &'a Workspace, options: &'a Options) -> Self {
        let filters = &options.filters;
        let (environment, report) = (Vec::new(), Report::default());
        Self { workspace, filters, features: None, environment, report }
    }

    /// Sets a variable that the tests read.
    fn set(&mut self, name: &'a str, value: impl Into<OsString>) {
        self.environment.push((name, value.into()));
    }

    /// `cargo test` for everything but the browser app.
    fn server_tests(&self) -> Command {
        let mut command = cargo_test(self.workspace);
        command
            .args(self.features.map(|features| format!("--features={features}")))
            // Only ours: a service that happens to run is none of the tests' business.
            .env_remove("TEST_POSTGRES_URL")
            .env_remove("TEST_REDIS_URL")
            .envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs `command`, which ends with arguments of the test binaries.
    fn stage(&mut self, name: &str, mut command: Command) -> Result<()> {
        self.report.stage(name, command.args(self.filters))
    }

    /// What the browser app computes, on the normal target.
    fn browser_app_tests(&mut self) -> Result<()> {
        let mut command = self.workspace.cargo();
        command.args(["test", "--package", "ebenezer-frontend", "--all-targets", "--"]);
        self.stage("unit tests of the browser app", command)
    }
}

/// The same packages every time: another choice would compile them again.
pub fn cargo_test(workspace: &Workspace) -> Command {
    let mut command = workspace.cargo();
    command.args(["test", "--no-fail-fast"]);
    for package in TESTED_PACKAGES {
        command.args(["--package", package]);
    }
    if std::io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    command
}

fn target(name: impl AsRef<str>) -> [String; 2] {
    ["--test".to_owned(), name.as_ref().to_owned()]
}

/// Names of the integration tests of the tested packages.
fn test_targets(workspace: &Workspace) -> Result<Vec<String>> {
    let metadata = workspace
        .cargo()
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .capture()?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata")?;
    Ok(targets_in(&metadata))
}

fn targets_in(metadata: &Value) -> Vec<String> {
    let text = |value: &Value, key: &str| {
        value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let list = |value: &Value, key: &str| {
        value.get(key).and_then(Value::as_array).cloned().unwrap_or_default()
    };
    let tested = |package: &Value| TESTED_PACKAGES.contains(&text(package, "name").as_str());
    list(metadata, "packages")
        .iter()
        .filter(|package| tested(package))
        .flat_map(|package| list(package, "targets"))
        .filter(|target| list(target, "kind").iter().any(|kind| kind == "test"))
        .map(|target| text(&target, "name"))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::targets_in;

    #[test]
    fn integration_tests_of_tested_packages_are_found() {
        let metadata = json!({ "packages": [
            { "name": "ebenezer", "targets": [
                { "name": "ebenezer", "kind": ["lib"] },
                { "name": "api", "kind": ["test"] },
                { "name": "browser", "kind": ["test"] },
            ]},
            { "name": "ebenezer-frontend", "targets": [{ "name": "views", "kind": ["test"] }] },
        ]});
        assert_eq!(targets_in(&metadata), ["api", "browser"]);
    }
}
