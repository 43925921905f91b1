//! A session that ends in the middle of work.

use crate::support::{Browser, DEMO_PASSWORD, Server, texts};
use ebenezer_shared::permission::Role;
use std::time::Duration;
use thirtyfour::Key;

/// A session is looked up at most once in this time.
const CACHED: Duration = Duration::from_millis(1_200);

/// Ends the session on the server, as another device can, and leaves the page as it is.
#[track_caller]
pub fn end_session(browser: &Browser) {
    browser.script(
        "return fetch('/api/auth/logout', {
            method: 'POST',
            headers: { 'X-Ebenezer-Client': 'test', 'Content-Type': 'application/json' },
            body: '{}',
        }).then(answer => answer.status)",
        &[],
    );
    std::thread::sleep(CACHED);
}

#[track_caller]
fn log_in_again(browser: &Browser) {
    browser.sees("h1", browser.say(texts::session::LOCKED_TITLE));
    browser.fill_in(texts::auth::PASSWORD, DEMO_PASSWORD);
    browser.press(texts::auth::LOG_IN);
    browser.misses("h1", browser.say(texts::session::LOCKED_TITLE));
}

#[test]
fn the_form_goes_on_where_it_was() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts/new");
    browser.fill("[name=first_name]", "Rosa");
    browser.fill("[name=last_name]", "Interrumpida");
    end_session(&browser);
    browser.keys(Key::Control + Key::Enter);
    log_in_again(&browser);
    browser.focused("[name=last_name]");
    assert!(!browser.has("[role=alert]"), "the session has not ended any more");
    browser.keys(Key::Control + Key::Enter);
    browser.at_record("/contacts");
    browser.sees("h1", "Rosa Interrumpida");
}

#[test]
fn a_dialog_goes_on_where_it_was() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/departments");
    browser.click("[data-testid=new-department]");
    browser.fill("dialog[open] [name=name]", "Archivo");
    browser.fill("dialog[open] [name=code]", "ARC");
    end_session(&browser);
    browser.keys(Key::Control + Key::Enter);
    log_in_again(&browser);
    browser.focused("dialog[open] [name=code]");
    browser.keys(Key::Control + Key::Enter);
    browser.sees("tbody", "Archivo");
}
