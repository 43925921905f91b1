//! axe-core's judgement of a page.

use super::browser::Browser;
use serde_json::Value;
use std::fmt::Write as _;
use std::sync::OnceLock;

/// Names the file with axe-core.
const AXE: &str = "EBENEZER_AXE";

/// Every rule of WCAG 2.0 to 2.2, levels A and AA.
const RUN: &str = r#"
    const done = arguments[arguments.length - 1];
    const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];
    axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] })
        .then(found => done(found.violations), error => done(String(error)));"#;

/// Each violation, and where it is.
#[track_caller]
pub fn violations(browser: &Browser) -> Vec<String> {
    // What fades in is judged as it will stand.
    browser.ready();
    browser.script(axe(), &[]);
    let answer = browser.run(browser.driver().execute_async(RUN, Vec::new())).unwrap();
    let found = answer.json().as_array().unwrap_or_else(|| panic!("axe: {}", answer.json()));
    found.iter().map(described).collect()
}

fn axe() -> &'static str {
    static SOURCE: OnceLock<String> = OnceLock::new();
    SOURCE.get_or_init(|| {
        let file = std::env::var(AXE).unwrap_or_else(|_| {
            panic!("{AXE} does not name axe.min.js; `cargo xtask test` installs it and does")
        });
        std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"))
    })
}

fn described(violation: &Value) -> String {
    let mut text = format!("{}: {}", violation["id"], violation["help"]);
    for node in violation["nodes"].as_array().into_iter().flatten() {
        let _ = write!(text, "\n    {} {}", node["target"], node["html"]);
        let _ = write!(text, "\n      {}", node["failureSummary"]);
    }
    text
}
