//! The built app under the real Content-Security-Policy.

use crate::support::{Browser, Findings, ROW, Server, texts};
use ebenezer_shared::permission::Role;

const PAGES: [&str; 13] = [
    "/contacts",
    "/contacts/new",
    "/corporations",
    "/corporations/new",
    "/cases",
    "/cases/board",
    "/cases/new",
    "/departments",
    "/team",
    "/team/roles",
    "/account/password",
    "/account/sessions",
    "/no/such/page",
];

#[test]
fn no_page_breaks_the_policy_or_complains() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    let mut found = Findings::default();
    for path in ["/login", "/register"] {
        browser.visit(path);
        found.add(path, first_visit_complaints(&browser));
    }
    browser.enter(Role::Owner, "/contacts");
    found.add("/contacts", first_visit_complaints(&browser));
    for path in PAGES {
        browser.visit(path);
        found.add(path, browser.console_complaints());
    }
    for list in ["/contacts", "/corporations"] {
        browser.visit(list);
        browser.click("[data-row-open]");
        let record = browser.at_record(list);
        browser.visit(&format!("{record}/edit"));
        found.add(list, browser.console_complaints());
    }
    found.none();
}

#[test]
fn a_link_to_a_search_works_on_a_cold_start() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts?search=garcia");
    browser.sees(ROW, "María García");
    assert!(browser.texts(ROW).iter().all(|row| row.contains("García")));
    let word = browser.script("return document.querySelector('[data-testid=search]').value", &[]);
    assert_eq!(word, "garcia");
    browser.open_row("María García");
    browser.at_record("/contacts");
    browser.back();
    browser.at("/contacts?search=garcia");
    browser.sees(ROW, "María García");
}

/// The policy is there, and a breach of it would be found by [`Browser::console`].
#[test]
fn an_injected_script_does_not_run() {
    let server = Server::empty();
    let browser = Browser::open(&server);
    browser.visit("/login");
    browser.console();
    browser.script(
        "const script = document.createElement('script');
         script.textContent = 'window.broken = true';
         document.head.append(script);",
        &[],
    );
    assert!(browser.script("return window.broken", &[]).is_null());
    let complaints = browser
        .until("a complaint", || Some(browser.console()).filter(|entries| !entries.is_empty()));
    assert!(complaints[0].message.contains("Content Security Policy"), "{complaints:?}");
}

#[test]
fn an_unknown_path_says_so_and_leads_home() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/no/such/page");
    browser.sees("main h2", browser.say(texts::errors::NOT_FOUND));
    browser.press(texts::errors::GO_HOME);
    browser.at("/dashboard");
}

/// Whoever opens the app for the first time has no session: that answer, a 401, is the one
/// complaint that is no defect.
#[track_caller]
fn first_visit_complaints(browser: &Browser) -> Vec<String> {
    let mut complaints = browser.console_complaints();
    complaints.retain(|it| !(it.contains("/api/auth/refresh") && it.contains("401")));
    complaints
}
