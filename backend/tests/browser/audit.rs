//! Looking at what was done.

use crate::support::{Browser, ROW, Server};
use ebenezer_shared::permission::Role;
use ebenezer_shared::texts;
use ebenezer_shared::texts::{audit as a, pii as p};
use serde_json::json;
use std::fs;

const DIALOG: &str = "[data-testid=reason-dialog][open] [name=reason]";

/// A number is shown for a reason, which the log keeps; a change is told before and after.
#[test]
fn what_was_done_is_found_in_the_log() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts?search=carlos%20rodriguez");
    browser.click("[data-row-open]");
    let path = browser.at_record("/contacts");
    browser.click("[data-testid=reveal-ssn]");
    browser.finds(DIALOG);
    browser.click("[data-testid=reason-dialog][open] [data-testid=reveal]");
    browser.sees(".field-error", browser.say(texts::fields::REQUIRED));
    browser.press(p::reasons::CALL);
    browser.until("the whole number", || {
        let shown = browser.texts("[data-testid=secret-ssn]");
        shown.first().is_some_and(|text| !text.contains('*')).then_some(())
    });
    // The next one needs no more than a key.
    browser.click("[data-testid=reveal-date_of_birth]");
    browser.finds(DIALOG);
    browser.keys(thirtyfour::Key::Enter);
    browser.until("the date of birth", || {
        let shown = browser.texts("[data-testid=secret-date_of_birth]");
        shown.first().is_some_and(|text| !text.contains('*')).then_some(())
    });
    browser.visit(&format!("{path}/edit"));
    browser.fill("[name=first_name]", "Carlos Alberto");
    browser.save();
    browser.at(&path);

    browser.go_to("/audit");
    let headline = |act, kind| a::act_on(browser.locale(), browser.say(act), browser.say(kind));
    let changed = headline(a::acts::UPDATE, a::kinds::CONTACT);
    browser.sees(ROW, "Carlos Alberto Rodríguez");
    browser.open_row(&changed);
    browser.sees("[data-field=first_name]", "Carlos Carlos Alberto");
    browser.click("[data-testid=open-record]");
    browser.at(&path);

    browser.go_to("/audit");
    browser.click("[data-testid=filter-action] button");
    browser.press(a::acts::REVEAL);
    browser.at("/audit?action=reveal");
    browser.until("two entries", || (browser.texts(ROW).len() == 2).then_some(()));
    browser.open_row(&headline(a::acts::REVEAL, a::kinds::CONTACT));
    browser.sees("[data-field=reason]", browser.say(p::reasons::CALL));
    browser.keys(thirtyfour::Key::Escape);

    let folder = tempfile::tempdir().unwrap();
    let allow = json!({ "behavior": "allow", "downloadPath": folder.path() });
    browser.devtools("Browser.setDownloadBehavior", allow);
    browser.click("[data-testid=export]");
    let text = browser.until("the file", || {
        // It has another name until it is whole.
        let mut files = fs::read_dir(folder.path()).ok()?.flatten().map(|file| file.path());
        let whole = files.find(|file| file.extension().is_some_and(|it| it == "csv"))?;
        fs::read_to_string(whole).ok()
    });
    assert_eq!(text.matches("contact.reveal").count(), 2, "{text}");
}

#[test]
fn who_may_not_read_the_log_is_told_so() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Manager, "/audit");
    browser.sees("main", "audit.view");
    assert!(!browser.has("nav a[href='/audit']"));
}
