//! Somebody who may look and nothing else.

use crate::support::{Browser, ROW, Server, texts};
use ebenezer_shared::permission::Role;

/// Whatever would change something.
const CHANGES: &str = "main :is([data-testid=edit], [data-testid=more-actions], [data-testid=save], \
     [data-testid^=new-], [data-testid=add-person], [data-testid^=move-], [href$='/new'], [href$='/edit'], \
     td[data-actions] button)";

#[test]
fn a_viewer_finds_no_button_that_changes_something() {
    assert_read_only(Role::Viewer, &["/contacts", "/corporations"]);
}

#[test]
fn neither_does_who_only_produces() {
    assert_read_only(Role::Production, &["/contacts", "/corporations", "/departments"]);
}

fn assert_read_only(role: Role, lists: &[&str]) {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(role, "/contacts");
    for list in lists {
        browser.go_to(list);
        browser.finds(ROW);
        assert_eq!(browser.texts(CHANGES), Vec::<String>::new(), "{list}");
        if browser.has("[data-row-open]") {
            browser.click("[data-row-open]");
            let record = browser.at_record(list);
            browser.finds("h1");
            assert_eq!(browser.texts(CHANGES), Vec::<String>::new(), "{record}");
        }
    }
}

#[test]
fn a_link_to_a_closed_page_says_what_a_viewer_lacks() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Viewer, "/contacts");
    assert!(!browser.has("nav a[href='/departments']"), "departments are not a viewer's");
    browser.click("[data-row-open]");
    let contact = browser.at_record("/contacts");
    let edit = format!("{contact}/edit");
    for (path, permission) in [
        ("/contacts/new", "contacts.add"),
        ("/corporations/new", "corporations.add"),
        (edit.as_str(), "contacts.change"),
        ("/departments", "departments.view"),
    ] {
        browser.visit(path);
        browser.sees("main h2", browser.say(texts::errors::FORBIDDEN));
        browser.sees("main", permission);
        assert!(!browser.has("main form"), "{path} shows a form");
    }
}

#[test]
fn an_owner_finds_them_all() {
    let server = Server::with_demo_data();
    let browser = Browser::open(&server);
    browser.enter(Role::Owner, "/contacts");
    for list in ["/contacts", "/corporations", "/departments"] {
        browser.go_to(list);
        browser.finds(ROW);
        let found = browser.texts(CHANGES);
        assert!(found.len() > 3, "{list}: {found:?}; the viewer's test would find nothing either");
    }
}
