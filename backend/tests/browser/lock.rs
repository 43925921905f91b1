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

/// Nobody has touched the app for so many minutes, as its tabs tell one another.
#[track_caller]
fn idle_for(browser: &Browser, minutes: f64) {
    browser.script(
        "localStorage.setItem('ebenezer.activity', String(Date.now() - arguments[0] * 60000))",
        &[minutes.into()],
    );
}

/// The seconds that the warning counts down from.
fn seconds_left(browser: &Browser) -> Option<u32> {
    let told = browser.texts("dialog[open] p[aria-hidden=true]").concat();
    let (before, after) = told.split_once(':')?;
    let minutes: u32 = before.chars().last()?.to_string().parse().ok()?;
    let seconds: u32 = after.get(..2)?.parse().ok()?;
    Some(minutes * 60 + seconds)
}

#[test]
fn idleness_is_warned_of_and_the_form_outlives_it() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts/new");
    browser.fill("[name=first_name]", "Rosa");
    browser.fill("[name=last_name]", "Distraída");
    idle_for(&browser, 28.5);
    browser.sees("dialog[open]", browser.say(texts::session::IDLE_TITLE));
    let first = browser.until("the countdown", || seconds_left(&browser));
    assert!((60..=90).contains(&first), "{first} seconds");
    browser.until("it counts", || (seconds_left(&browser)? < first).then_some(()));
    browser.press(texts::session::STAY);
    browser.until("the form", || (!browser.has("dialog[open]")).then_some(()));

    idle_for(&browser, 28.5);
    browser.sees("dialog[open]", browser.say(texts::session::IDLE_TITLE));
    idle_for(&browser, 30.0);
    log_in_again(&browser);
    assert!(!browser.has("dialog[open]"), "a login starts a new half hour");
    let typed = browser.script("return document.querySelector('[name=last_name]').value", &[]);
    assert_eq!(typed, "Distraída");
    browser.keys(Key::Control + Key::Enter);
    browser.at_record("/contacts");
    browser.sees("h1", "Rosa Distraída");
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
