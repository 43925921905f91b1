//! A session, across reloads, windows and its end.

use crate::support::{Browser, DEMO_PASSWORD, Server, demo, texts};
use ebenezer_shared::permission::Role;

#[test]
fn a_reload_keeps_the_session_without_storing_a_token() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts");
    let stored = browser.script(
        "return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])",
        &[],
    );
    let stored = stored.as_str().unwrap_or_default();
    assert!(!stored.contains("eyJ"), "a token lies in the browser's storage: {stored}");
    browser.reload();
    browser.at("/contacts");
    browser.sees(".topbar", "Ebenezer Tax Services");
}

#[test]
fn two_windows_that_reload_at_once_stay_logged_in() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts");
    let first = browser.window();
    let second = browser.another_window();
    browser.visit("/contacts");
    for _ in 0..3 {
        // Neither waits for the other: both send the same refresh token.
        browser.script("setTimeout(() => location.reload(), 30)", &[]);
        browser.switch_to(&first);
        browser.script("setTimeout(() => location.reload(), 0)", &[]);
        for window in [&first, &second] {
            browser.switch_to(window);
            browser.at("/contacts");
            browser.sees(".topbar", "Ebenezer Tax Services");
        }
    }
}

#[test]
fn after_half_an_hour_without_work_the_login_says_why() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts");
    let token = "return fetch('/api/auth/refresh', {
        method: 'POST',
        headers: { 'X-Ebenezer-Client': 'test', 'Content-Type': 'application/json' },
        body: '{}',
    }).then(answer => answer.status)";
    assert_eq!(browser.script(token, &[]), 200);
    let idle = "localStorage.setItem('ebenezer.activity', String(Date.now() - 30 * 60000))";
    browser.script(idle, &[]);
    browser.at("/login?next=%2Fcontacts");
    browser.sees("main", browser.say(texts::session::ENDED_IDLE));
    browser.until("the end on the server", || (browser.script(token, &[]) == 401).then_some(()));
}

#[test]
fn a_protected_page_leads_to_the_login_and_back() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.visit("/departments");
    browser.at("/login?next=%2Fdepartments");
    browser.log_in(&demo(Role::Owner), DEMO_PASSWORD);
    browser.at("/departments");
}

#[test]
fn logging_out_in_one_window_ends_the_other() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts");
    let first = browser.window();
    browser.another_window();
    browser.visit("/departments");
    browser.person_menu(browser.say(texts::shell::LOG_OUT));
    browser.at("/login");
    browser.switch_to(&first);
    browser.until("the login", || browser.path().starts_with("/login").then_some(()));
    browser.reload();
    browser.visit("/contacts");
    browser.at("/login?next=%2Fcontacts");
}
