//! The built app under the real Content-Security-Policy.

use crate::support::{Browser, Server, texts};
use ebenezer_shared::permission::Role;

const PAGES: [&str; 7] = [
    "/contacts",
    "/contacts/new",
    "/corporations",
    "/corporations/new",
    "/departments",
    "/account/password",
    "/no/such/page",
];

#[test]
fn no_page_breaks_the_policy_or_complains() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    for path in ["/login", "/register"] {
        browser.visit(path);
        assert_only_unknown_visitor(&browser);
    }
    browser.enter(Role::Owner, "/contacts");
    assert_only_unknown_visitor(&browser);
    for path in PAGES {
        browser.visit(path);
        browser.assert_console_clean();
    }
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
    browser.at("/contacts");
}

/// Whoever opens the app for the first time has no session: that answer, a 401, is all that
/// the console may hold.
#[track_caller]
fn assert_only_unknown_visitor(browser: &Browser) {
    for entry in browser.console() {
        let unknown = entry.message.contains("/api/auth/refresh") && entry.message.contains("401");
        let harmless = ["INFO", "DEBUG"].contains(&entry.level.as_str());
        assert!(unknown || harmless, "{}: {}", browser.path(), entry.message);
    }
}
